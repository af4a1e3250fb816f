import { z } from 'zod'
import { call } from './client.ts'
import type { Target } from './client.ts'

const instant = z.union([z.string(), z.number()]).transform((value) => new Date(value).getTime())
const clockShape = z.object({ clock: z.looseObject({ now: instant }) })
const advanceShape = z.looseObject({
  clock: z.looseObject({ now: instant }),
  transcript: z.array(z.looseObject({ kind: z.string().optional() })),
  truncated: z.union([z.boolean(), z.number()]).optional(),
  jobs: z.number().optional(),
})
const workspaceShape = z.object({ workspace: z.looseObject({ api_key: z.string() }) })

/** A new workspace with its own key, by default with a frozen clock. */
export async function createWorkspace(
  owner: Target,
  options: { name?: string; clock?: { mode: string } } = { clock: { mode: 'frozen' } },
): Promise<Target> {
  const { workspace } = await call(owner, '/_emulator/workspaces/create', options, workspaceShape)
  return { url: owner.url, key: workspace.api_key }
}

/** The workspace's own time in milliseconds. */
export async function clockNow(target: Target): Promise<number> {
  return (await call(target, '/_emulator/clock/get', {}, clockShape)).clock.now
}

export type Advanced = { ms: number; transcript: { kind?: string | undefined }[]; jobs?: number }

/** Advances and measures how long the answer took on the wall. */
export async function advance(
  target: Target,
  input: { by: string } | { to: string },
): Promise<Advanced> {
  const begun = performance.now()
  const { transcript, jobs } = await call(target, '/_emulator/clock/advance', input, advanceShape)
  const ms = performance.now() - begun
  return jobs === undefined ? { ms, transcript } : { ms, transcript, jobs }
}
