import { z } from 'zod'
import type { Target } from './client.ts'
import { call, createLocks } from './client.ts'
import { runLoad } from './load.ts'
import type { LoadResult } from './load.ts'
import type { Who } from './bench.ts'
import type { Server } from './processes.ts'

// Codes of the far future: recorded, with nothing to do on a lock today, so that `create` is
// measured and not the programming that follows it. Both sides get the very same bodies.
const farFuture = JSON.stringify({
  device_id: '{pick}',
  name: 'Guest {n}',
  code: '{pin}',
  starts_at: '2090-01-01T15:00:00.000Z',
  ends_at: '2090-01-03T11:00:00.000Z',
})

const windowed = JSON.stringify({
  device_id: '{pick}',
  name: 'Guest {n}',
  code: '{pin}',
  starts_at: '{starts_at}',
  ends_at: '{ends_at}',
})

const ongoing = JSON.stringify({ device_id: '{pick}', name: 'Staff {n}', code: '{pin}' })

/** A workspace on a server, with the devices that codes are created on and a running number. */
export type World = { target: Target; devices: string[]; codes: number }

/** Opens a fresh workspace. The fake cannot make devices or workspaces: it gives its August locks. */
export async function openWorld(
  who: Who,
  server: Server,
  label: string,
  locks: number,
): Promise<World> {
  if (who === 'fake') {
    return {
      target: server,
      devices: ['august_device_1', 'august_device_2'].slice(0, locks),
      codes: 0,
    }
  }
  return worldIn({ url: server.url, key: `seam_test_${label}` }, locks)
}

const madeShape = z.object({ workspace: z.looseObject({ api_key: z.string() }) })

/** A frozen workspace of its own with what a fixture has in its lists. */
export async function workspaceOf(server: Server, lists: object): Promise<Target> {
  const input = { fixture: { name: 'bench', ...lists }, clock: { mode: 'frozen' } }
  const { workspace } = await call(server, '/_emulator/workspaces/create', input, madeShape)
  return { url: server.url, key: workspace.api_key }
}

/** A world in a workspace that exists already. */
export async function worldIn(target: Target, locks: number): Promise<World> {
  return { target, devices: await createLocks(target, locks), codes: 0 }
}

/** Creates `count` codes, over 10 connections if not told otherwise, and answers how fast that went. */
export async function createCodes(
  world: World,
  count: number,
  kind: 'far future' | 'ongoing' = 'far future',
  connections = 10,
): Promise<LoadResult> {
  const result = await runLoad({
    target: world.target,
    path: '/access_codes/create',
    body: kind === 'ongoing' ? ongoing : farFuture,
    picks: world.devices,
    connections,
    requests: count,
    first: world.codes,
  })
  world.codes += count
  return result
}

const hour = 3_600_000
const day = 24 * hour

/**
 * Creates codes of one hour each, on every lock one per two hours, beginning in five days: some 36
 * are on a lock at a time (they are preloaded 72 hours ahead), well below any lock's memory.
 * Answers the instant when all of it is over.
 */
export async function createStays(world: World, count: number, now: number): Promise<number> {
  const windows = { from: now + 5 * day, every: 2 * hour, length: hour }
  await runLoad({
    target: world.target,
    path: '/access_codes/create',
    body: windowed,
    picks: world.devices,
    windows,
    connections: 10,
    requests: count,
    first: world.codes,
  })
  world.codes += count
  return windows.from + Math.ceil(count / world.devices.length) * windows.every + 2 * day
}

/** Creates codes until the world holds `total`. */
export async function fillTo(world: World, total: number): Promise<void> {
  if (world.codes < total) await createCodes(world, total - world.codes)
}
