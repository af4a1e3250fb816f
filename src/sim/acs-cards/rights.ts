/** What the controller of a system knows, by which its wired doors judge. */
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import type { AcsEntrance, DoorRight } from '../../db/tables/acs-entrances.ts'
import type { AcsCredentialState, AcsSchedule } from '../../db/tables/acs-shapes.ts'
import type { AcsUser } from '../../db/tables/acs-users.ts'
import { credentialsOfSystem } from '../acs-credentials/rows.ts'
import { doorsOfZone } from '../acs-entrances/zones.ts'
import { knownAtDoors } from '../acs-systems/push.ts'
import { isSubscribed } from '../acs-users/issues.ts'
import type { World } from '../kernel/world.ts'

/** The groups that let a user through one of some doors, as far as the controller knows. */
const groupsThrough = (world: World, ids: readonly string[], doors: readonly string[]) =>
  ids.flatMap((id) => {
    const group = world.acs_access_groups.get(id)
    return group !== undefined && group.acs_entrance_ids.some((it) => doors.includes(it))
      ? [group]
      : []
  })

const schedules = (...given: (AcsSchedule | null | undefined)[]): AcsSchedule[] =>
  given.flatMap((schedule) => schedule ?? [])

interface Coverage {
  covers: boolean
  windows: AcsSchedule[]
}

/** Whether a user or the credential itself opens the door, and when. Of several groups the widest counts. */
const coverageOf = (
  world: World,
  state: AcsCredentialState,
  user: AcsUser | undefined,
  entrance: AcsEntrance,
): Coverage => {
  const known = user === undefined ? null : knownAtDoors(user.held, world.now)
  if (known === null) return { covers: false, windows: [] }
  const own = schedules(known.access_schedule)
  const doors = doorsOfZone(world, entrance)
  const own_ids = [...state.acs_entrance_ids, ...known.acs_entrance_ids]
  if (own_ids.some((id) => doors.includes(id))) return { covers: true, windows: own }
  const groups = groupsThrough(world, known.acs_access_group_ids, doors)
  const isOpen = ({ starts_at, ends_at }: AcsSchedule) =>
    starts_at <= world.now && (ends_at === null || world.now < ends_at)
  const widest =
    groups.find((group) => group.access_schedule === null || isOpen(group.access_schedule)) ??
    groups[0]
  if (widest === undefined) return { covers: false, windows: [] }
  return { covers: true, windows: [...own, ...schedules(widest.access_schedule)] }
}

/** What the controller knows of one credential at one door; undefined when it knows nothing. */
export const rightOf = (
  world: World,
  credential: AcsCredential,
  entrance: AcsEntrance,
): DoorRight | undefined => {
  const state = knownAtDoors(credential.held, world.now)
  if (state === null) return undefined
  const user = state.acs_user_id === null ? undefined : world.acs_users.get(state.acs_user_id)
  const known = user === undefined ? null : knownAtDoors(user.held, world.now)
  const { covers, windows } = coverageOf(world, state, user, entrance)
  const { starts_at, ends_at } = state
  const window =
    starts_at === null && ends_at === null ? null : { starts_at: starts_at ?? 0, ends_at }
  return {
    acs_credential_id: credential.acs_credential_id,
    acs_user_id: state.acs_user_id,
    access_method: credential.access_method,
    code: state.code,
    card_number: state.card_number,
    windows: [...schedules(window), ...windows],
    is_suspended: known?.is_suspended ?? false,
    is_subscribed: user === undefined || isSubscribed(world, user) !== false,
    covers,
  }
}

/** Everything that the controller knows for one door. */
export const rightsAt = (world: World, entrance: AcsEntrance): DoorRight[] =>
  credentialsOfSystem(world, entrance.acs_system_id).flatMap(
    (credential) => rightOf(world, credential, entrance) ?? [],
  )
