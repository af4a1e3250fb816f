/**
 * Workspaces whose `api_version` is newer than the oldest one: what is asked and answered is brought
 * into that version at the edge, so that everything inside has one form.
 */
import { isRecord } from '../../lib/is-record.ts'
import { invalidInput } from '../../sim/kernel/errors.ts'
import type { Universe } from '../../sim/kernel/universe.ts'
import type { World } from '../../sim/kernel/world.ts'
import { newerObjects } from './objects.ts'

const shown = (world: World, name: string, value: unknown): unknown => {
  const newer = newerObjects[name]
  if (Array.isArray(value)) {
    const list: unknown[] = value
    return newer === undefined ? list : list.map((it) => (isRecord(it) ? newer(world, it) : it))
  }
  if (!isRecord(value)) return value
  if (newer !== undefined) return newer(world, value)
  if (name === 'batch') return inVersion(world, value)
  if (name === 'action_attempt' && isRecord(value['result'])) {
    return { ...value, result: inVersion(world, value['result']) }
  }
  return value
}

const inVersion = (world: World, answer: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, shown(world, name, value)]),
  )

/** Whether a workspace is asked and answered in a version that is newer than the oldest one. */
export const isNewer = (universe: Universe, workspace_id: string | null): boolean =>
  workspace_id !== null &&
  universe.exists(workspace_id) &&
  universe.world(workspace_id).settings.api_version !== '1.977'

/** An answer in the version of its workspace. */
export const newerAnswer = (universe: Universe, workspace_id: string, answer: object): object =>
  universe.read(workspace_id, (world) => inVersion(world, { ...answer }))

/** Filters that came to take null, which asks for nothing in particular. */
const takeNull: Readonly<Record<string, readonly string[]>> = {
  '/client_sessions/list': ['connect_webview_id', 'user_identity_id'],
  '/acs/users/list': ['user_identity_phone_number', 'user_identity_email_address'],
}

/** The person whom a merged one is now, by the id that it had. */
const idNow = (world: World, id: unknown): unknown =>
  typeof id === 'string' ? (world.merged_user_identities.get(id)?.user_identity_id ?? id) : id

const valueNow = (world: World, name: string, value: unknown): unknown => {
  if (name === 'user_identity_id') return idNow(world, value)
  if (name !== 'user_identity_ids' || !Array.isArray(value)) return value
  return value.map((id) => idNow(world, id))
}

/** What is asked, without the nulls that the oldest version refuses, and of persons who they are now. */
export const newerInput = (
  universe: Universe,
  workspace_id: string | null,
  path: string,
  input: unknown,
): unknown => {
  if (workspace_id === null || !isRecord(input)) return input
  const names = takeNull[path] ?? []
  return universe.read(workspace_id, (world) =>
    Object.fromEntries(
      Object.entries(input)
        .filter(([name, value]) => value !== null || !names.includes(name))
        .map(([name, value]) => [name, valueNow(world, name, value)]),
    ),
  )
}

/** What is asked in the oldest version, where metadata cannot be asked for by its absence. */
export const olderInput = (input: unknown): unknown => {
  const wanted = isRecord(input) ? input['custom_metadata_has'] : undefined
  if (isRecord(wanted) && Object.values(wanted).includes(null)) {
    throw invalidInput('custom_metadata_has', 'Expected string, received null')
  }
  return input
}
