/** What is known of a code's past, read once for a whole lock: what it held, and what was told of it. */
import { z } from 'zod'
import { is, oneOf } from '../../db/conditions.ts'
import { access_codes } from '../../db/tables/access-codes.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { events } from '../../db/tables/events.ts'
import type { DeclaredLast } from '../../db/tables/events.ts'
import { door_history } from '../../db/tables/locks.ts'
import type { DoorSpan } from '../../db/tables/locks.ts'
import type { DoorPast } from '../access-codes/lock-out-report.ts'
import { once } from '../../lib/once.ts'
import type { World } from '../kernel/world.ts'

const spansOfDevice = is(door_history.device_id)
const eventsOfDevice = is(events.device_id)
const ofTypes = oneOf(events.event_type)
const codesOfDevice = is(access_codes.device_id)

/** The events that say something of a code's status, or of what was asked for it. */
const told = [
  'access_code.created',
  'access_code.scheduled_on_device',
  'access_code.set_on_device',
  'access_code.removed_from_device',
  'access_code.deleted',
  'access_code.mutations_requested',
  'access_code.modified_external_to_seam',
  'access_code.deleted_external_to_seam',
  'access_code.unmanaged.created',
  'access_code.unmanaged.removed',
  'access_code.unmanaged.converted_to_managed',
]

const side = once(() =>
  z.looseObject({
    code: z.string().nullable().optional(),
    name: z.string().nullable().optional(),
    starts_at: z.string().nullable().optional(),
    ends_at: z.string().nullable().optional(),
  }),
)

const mutations = once(() =>
  z.looseObject({
    requested_mutations: z.array(z.looseObject({ from: side().optional(), to: side().optional() })),
  }),
)

/** Something that was told of a code, by the clock at that time. */
export interface Told {
  at: number
  event_type: string
  body: string
  /** Of its end. */
  declared: DeclaredLast | null
}

/** Name, PIN and window, as far as they changed. */
export type Side = z.output<ReturnType<typeof side>>

const sides = ({ body }: Told, which: 'from' | 'to'): Side => {
  const { requested_mutations } = mutations().parse(JSON.parse(body))
  return requested_mutations.reduce<Side>((all, it) => ({ ...all, ...it[which] }), {})
}

/** What was declared before a change was asked for, as far as it changed. */
export const changedFrom = (change: Told): Side => sides(change, 'from')

/** What was asked for. */
export const changedTo = (change: Told): Side => sides(change, 'to')

/** A lock's past. */
export interface LockPast extends DoorPast {
  readonly device_id: string
  readonly codes: readonly AccessCode[]
  /** The slots and computed codes of an access code. */
  readonly heldOf: (access_code_id: string) => readonly DoorSpan[]
  readonly toldOf: (access_code_id: string) => readonly Told[]
  /** Every access code that something is known of, also those that are gone. */
  readonly ids: () => ReadonlySet<string>
}

export const lockPast = (world: World, device_id: string): LockPast => {
  const spans = world.door_history.all(spansOfDevice(device_id))
  const byPin = Map.groupBy(spans, ({ code }) => code)
  const byCode = Map.groupBy(spans, ({ access_code_id }) => access_code_id)
  const all = world.events.all([eventsOfDevice(device_id), ofTypes(told)])
  const toldBy = Map.groupBy(
    all.map(({ created_at, ahead, event_type, body, declared, access_code_id }) => ({
      at: created_at - (ahead ?? 0),
      event_type,
      body,
      declared,
      access_code_id,
    })),
    ({ access_code_id }) => access_code_id,
  )
  return {
    device_id,
    codes: world.access_codes.all(codesOfDevice(device_id)),
    now: world.now,
    outages: spans.filter(({ cause }) => cause !== null),
    spansOf: (code) => byPin.get(code) ?? [],
    heldOf: (id) => byCode.get(id) ?? [],
    toldOf: (id) => toldBy.get(id) ?? [],
    ids: () => new Set([...byCode.keys(), ...toldBy.keys()].filter((id) => id !== null)),
  }
}
