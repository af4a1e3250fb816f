/** What a failed test leaves behind: all that tells why, in one file. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { ControlClient } from '../index.ts'
import { messageOf } from './text.ts'

/** Of events, calls and deliveries so many are kept, the latest. */
const LATEST = 100

const codesAnswer = z.looseObject({
  access_codes: z.array(z.looseObject({ access_code_id: z.string() })),
})
const grantsAnswer = z.looseObject({
  access_grants: z.array(z.looseObject({ access_grant_id: z.string() })),
})
const eventsAnswer = z.looseObject({ events: z.array(z.looseObject({})) })

/** What cannot be read is told of, and takes nothing else away. */
const attempt = async <T>(read: () => Promise<T>): Promise<T | string> => {
  try {
    return await read()
  } catch (error) {
    return messageOf(error)
  }
}

const explanationsOf = async (workspace: ControlClient) => {
  const { access_codes } = codesAnswer.parse(await workspace.call('/access_codes/list'))
  return Promise.all(
    access_codes
      .slice(0, LATEST)
      .map(({ access_code_id }) => attempt(() => workspace.explain({ access_code_id }))),
  )
}

const grantsOf = async (workspace: ControlClient) => {
  const answer = await workspace.call('/access_grants/list', { limit: LATEST })
  return Promise.all(
    grantsAnswer
      .parse(answer)
      .access_grants.map(({ access_grant_id }) =>
        attempt(() => workspace.accessGrants.explain({ access_grant_id })),
      ),
  )
}

const eventsOf = async (workspace: ControlClient) => {
  const asked = { since: '1970-01-01T00:00:00Z', limit: LATEST }
  return eventsAnswer.parse(await workspace.call('/events/list', asked)).events
}

/** The story of a workspace as data; `world` is what `seam-emulator snapshot import` takes. */
export const storyOf = async (workspace: ControlClient, test: string) => ({
  test,
  clock: await attempt(workspace.clock.get),
  explanations: await attempt(() => explanationsOf(workspace)),
  access_grants: await attempt(() => grantsOf(workspace)),
  faults: await attempt(() => workspace.faults.list()),
  /** The newest first, as Seam lists them. */
  events: await attempt(() => eventsOf(workspace)),
  requests: await attempt(() => workspace.requests.list({ callers: 'all', limit: LATEST })),
  webhook_deliveries: await attempt(() => workspace.webhookDeliveries.list({ limit: LATEST })),
  world: await attempt(() => workspace.snapshots.export()),
})

const fileNameOf = (test: string): string =>
  `${
    test
      .replaceAll(/[^\w]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 120) || 'test'
  }.json`

/** Writes the story of a failed test into the folder, and says where. */
export const keepStory = async (
  workspace: ControlClient,
  folder: string,
  test: string,
): Promise<void> => {
  const file = resolve(join(folder, fileNameOf(test)))
  try {
    const story = await storyOf(workspace, test)
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, `${JSON.stringify(story, null, 2)}\n`)
    process.stderr.write(`seam-emulator: the story of "${test}" is in ${file}\n`)
  } catch (error) {
    // The test's own failure is what matters.
    process.stderr.write(`seam-emulator: no story of "${test}": ${messageOf(error)}\n`)
  }
}
