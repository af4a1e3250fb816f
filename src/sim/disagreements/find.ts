/** Every disagreement between the API and the locks of a world, at its present instant. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { Slot } from '../../db/tables/locks.ts'
import { disagreementKinds } from '../../contract/disagreements.ts'
import { is } from '../../db/conditions.ts'
import { dueAt } from '../kernel/jobs.ts'
import { access_codes } from '../../db/tables/access-codes.ts'
import { statusOf } from '../access-codes/lifecycle.ts'
import { reconciledLock } from '../access-codes/reconciled-lock.ts'
import type { World } from '../kernel/world.ts'
import type { EntryVerdict } from '../locks/keypad.ts'
import { untoldUses } from '../locks/lock-log.ts'
import { lockView } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import { slotOfCode, slotsOf } from '../locks/memory-bank.ts'
import { keypadNow } from '../locks/at-the-door.ts'
import { kindsOf } from './judge.ts'
import type { CodeFacts, DisagreementKind } from './judge.ts'
import { sinceOf } from './since.ts'
import { pollWait, sentenceOf, strangerSentence, waitsForOf } from './words.ts'
import type { DoorRefusal, WaitsFor } from './words.ts'

const ofDevice = is(access_codes.device_id)

export interface Disagreement {
  kind: DisagreementKind
  /** All that hold, in their order; `kind` is the first. */
  kinds: DisagreementKind[]
  /** Instant, ms. */
  since: number
  device_id: string
  /** null for a PIN that the API does not list. */
  access_code_id: string | null
  code: string | null
  name: string | null
  /** What the door says to the PIN; null where it opens. */
  refusal: DoorRefusal | null
  sentence: string
  waits_for: WaitsFor | null
  /** Since then, ms. */
  lasts: number
}

/** A door, with what everybody is told who types a PIN there. */
interface Door {
  view: LockView
  refusalOf: (pin: string) => DoorRefusal | null
  keypad: (pin: string) => EntryVerdict
  usedUp: () => ReadonlySet<string>
  poll_at: () => number | null
}

const doorOf = (world: World, view: LockView): Door => {
  const { device_id } = view.device
  const keypad = keypadNow(world, device_id)
  let used: ReadonlySet<string> | null = null
  return {
    view,
    keypad,
    refusalOf: (pin) => {
      const { opened, reason } = keypad(pin)
      if (!opened) return reason
      return view.lock.jammed ? 'jammed' : null
    },
    usedUp: () => (used ??= new Set(untoldUses(world, device_id))),
    poll_at: () => dueAt(world, 'device.sync', device_id),
  }
}

const isUsedUp = ({ usedUp }: Door, code: AccessCode): boolean => {
  if (!code.is_one_time_use) return false
  return code.is_offline
    ? (code.offline_issue?.first_used_at ?? null) !== null
    : usedUp().has(code.access_code_id)
}

const factsOf = (world: World, door: Door, code: AccessCode): CodeFacts => {
  const { view, refusalOf } = door
  const lock = reconciledLock(view)
  return {
    code,
    lock,
    settings: world.settings,
    latency: view.profile.latency,
    status: statusOf(code, lock, world.settings, world.now),
    slot: slotOfCode(world, code),
    is_used_up: isUsedUp(door, code),
    opens: (pin) => refusalOf(pin) === null,
    now: world.now,
  }
}

/** The code whose PIN it is as well, where that is why it opens. */
const otherWith = (world: World, door: Door, code: AccessCode): AccessCode | undefined => {
  if (code.code === null) return undefined
  const { access_code_id } = door.keypad(code.code)
  if (access_code_id === null || access_code_id === code.access_code_id) return undefined
  return world.access_codes.get(access_code_id)
}

const ofCode = (world: World, door: Door, code: AccessCode): Disagreement | null => {
  const facts = factsOf(world, door, code)
  const kinds = kindsOf(facts)
  const [kind] = kinds
  if (kind === undefined || kind === 'stranger') return null
  const { view, refusalOf, poll_at } = door
  const pin = code.code ?? facts.slot?.code ?? null
  const refusal = pin === null ? null : refusalOf(pin)
  const since = Math.min(sinceOf(world, kind, facts), world.now)
  const other = otherWith(world, door, code)
  const told = { view, facts, since, refusal, poll_at: poll_at(), other }
  return {
    kind,
    kinds,
    since,
    device_id: code.device_id,
    access_code_id: code.access_code_id,
    code: code.code,
    name: code.name,
    refusal,
    sentence: sentenceOf(kind, told),
    waits_for: waitsForOf(world, told),
    lasts: world.now - since,
  }
}

/** A slot that is no listed code's, with a PIN that none of the lock's listed codes has. */
const isStranger = (world: World, { device_id, code, access_code_id }: Slot): boolean =>
  (access_code_id === null || world.access_codes.get(access_code_id) === undefined) &&
  world.access_codes.matching(device_id, code).length === 0

const ofSlot = (world: World, { view, refusalOf, poll_at }: Door, slot: Slot): Disagreement => {
  const found_at = view.profile.unmanaged_codes.visible ? poll_at() : null
  return {
    kind: 'stranger',
    kinds: ['stranger'],
    since: slot.written_at,
    device_id: slot.device_id,
    access_code_id: null,
    code: slot.code,
    name: slot.name,
    refusal: refusalOf(slot.code),
    sentence: strangerSentence(view, slot),
    waits_for: found_at === null ? null : pollWait(found_at),
    lasts: world.now - slot.written_at,
  }
}

/** What a lock and the API disagree about. A device that the workspace does not manage has no say. */
const ofLock = (world: World, view: LockView): Disagreement[] => {
  const { device } = view
  if (!device.is_managed) return []
  const door = doorOf(world, view)
  const codes = world.access_codes.all(ofDevice(device.device_id))
  return [
    ...codes.flatMap((code) => ofCode(world, door, code) ?? []),
    ...slotsOf(world, device.device_id)
      .filter((slot) => isStranger(world, slot))
      .map((slot) => ofSlot(world, door, slot)),
  ]
}

const rank = ({ kind }: Disagreement): number => disagreementKinds.indexOf(kind)

/**
 * All of a world's disagreements, or those of some of its devices: by kind in their order, then the
 * oldest first. Nothing changes; the door's answer is that of `locks/enter_code`.
 */
export const findDisagreements = (
  world: World,
  device_ids: readonly string[] = world.devices.all().map((row) => row.device_id),
): Disagreement[] =>
  device_ids
    .flatMap((device_id) => {
      const view = lockView(world, device_id)
      return view === null ? [] : ofLock(world, view)
    })
    .toSorted((a, b) => rank(a) - rank(b) || a.since - b.since)
