/** Copies of a world that are kept under a name, and how much of them. */
import { asc, orderBy } from '../../db/conditions.ts'
import { snapshots } from '../../db/tables/snapshots.ts'
import { domainError, notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

const byName = orderBy(snapshots, (c) => [asc(c.name)])

/** What the copies of one workspace may take together, bytes of JSON. */
export const SNAPSHOTS_LIMIT = 256 * 1024 * 1024

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`

/** The names of all copies, in their order. */
export const snapshotNames = (world: World): string[] =>
  world.snapshots.column('name', [], { order: byName }).map(String)

/** @throws snapshot_not_found with the names that there are */
export const requireSnapshot = (world: World, name: string) => {
  const found = world.snapshots.get(name)
  if (found !== undefined) return found
  throw notFound('snapshot', { name, known: snapshotNames(world) })
}

/**
 * Keeps a copy, in place of one of that name.
 *
 * @param limit bytes that all copies may take
 * @throws snapshots_full when there is no room for it
 */
export const keepSnapshot = (
  world: World,
  { name, data }: { name: string; data: string },
  limit = SNAPSHOTS_LIMIT,
): void => {
  const size = Buffer.byteLength(data)
  const before = world.snapshots.get(name)
  const others =
    world.snapshots.bytes(['data']) - (before === undefined ? 0 : Buffer.byteLength(before.data))
  if (others + size > limit) {
    throw domainError(
      'snapshots_full',
      `The copy takes ${megabytes(size)}, the others of this workspace ${megabytes(others)}; together they may take ${megabytes(limit)}. Delete one with /_emulator/snapshots/delete: ${snapshotNames(world).slice(0, 20).join(', ') || 'there is none'}. Or export this one to a file.`,
      { data: { size, kept: others, limit } },
    )
  }
  world.snapshots.replace({ name, created_at: world.now, data })
}

/** @throws snapshot_not_found */
export const deleteSnapshot = (world: World, name: string): void => {
  requireSnapshot(world, name)
  world.snapshots.delete(name)
}
