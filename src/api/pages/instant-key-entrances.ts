/** Entrances of access systems on the page of a mobile key: the browser holds its key to them. */
import { z } from 'zod'
import { doorRefusals } from '../../db/tables/acs-entrances.ts'
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import type { InstantKey } from '../../db/tables/instant-keys.ts'
import { grantsOfPerson, methodsOf } from '../../sim/access-grants/rows.ts'
import { presentAt } from '../../sim/acs-cards/at-the-door.ts'
import { keysOf } from '../../sim/acs-credentials/rows.ts'
import type { World } from '../../sim/kernel/world.ts'
import type { Door, Told } from './instant-key-html.ts'

/** What a door can answer. */
export const doorAnswer = () => z.enum(['opened', ...doorRefusals])
type DoorAnswer = z.output<ReturnType<typeof doorAnswer>>

interface Held {
  acs_entrance_id: string
  /** The key that the link has brought to this browser; undefined while it is on its way. */
  key: AcsCredential | undefined
}

/** The entrances that the mobile key of this link is for. */
const heldBy = (world: World, { user_identity_id, instant_key_id }: InstantKey): Held[] =>
  grantsOfPerson(world, user_identity_id)
    .flatMap((grant) => methodsOf(world, grant))
    .flatMap(({ acs }) => {
      if (acs?.instant_key_id !== instant_key_id) return []
      const keys = acs.acs_credential_id === null ? [] : keysOf(world, acs.acs_credential_id)
      const key = keys.find(
        ({ phone_id, issued_at }) =>
          issued_at !== null &&
          world.phones.get(phone_id ?? '')?.made_with['instant_key_id'] === instant_key_id,
      )
      return acs.entrance_ids.map((acs_entrance_id) => ({ acs_entrance_id, key }))
    })

export const entrancesOfKey = (world: World, key: InstantKey): Door[] =>
  heldBy(world, key).flatMap((held) => {
    const entrance = world.acs_entrances.get(held.acs_entrance_id)
    if (entrance === undefined) return []
    const can_unlock = held.key !== undefined
    return [
      {
        device_id: entrance.acs_entrance_id,
        name: entrance.display_name,
        state: can_unlock ? 'Hold your phone to it' : 'The key is on its way',
        can_unlock,
      },
    ]
  })

/** Holds the key to the door; null where this link has none for it. */
export const holdToDoor = (
  world: World,
  key: InstantKey,
  acs_entrance_id: string | undefined,
): DoorAnswer | null => {
  const held = heldBy(world, key).find((it) => it.acs_entrance_id === acs_entrance_id)
  if (held?.key === undefined) return null
  const { acs_credential_id } = held.key
  const { opened, reason } = presentAt(world, held.acs_entrance_id, { acs_credential_id })
  return opened ? 'opened' : (reason ?? 'credential_error')
}

/** What is told of the last door that was tried. */
export const toldOfDoor = (
  doors: readonly Door[],
  given: { entrance?: string | undefined; answer?: DoorAnswer | undefined },
): Told | null => {
  const door = doors.find(({ device_id }) => device_id === given.entrance)
  if (door === undefined || given.answer === undefined) return null
  return given.answer === 'opened'
    ? { is_good: true, text: `${door.name} is open.` }
    : { is_good: false, text: `${door.name} did not open: ${given.answer}.` }
}
