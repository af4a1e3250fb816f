/** The simple model: what was declared and accepted, and what must hold of it. */
import { expect } from 'vitest'
import type { Command } from './commands.ts'
import { bridges, locks } from './world.ts'
import type { Slot } from '../../src/client/shapes.ts'
import type { Code, Event, ModelWorld } from './world.ts'

const hour = 3_600_000

interface Declared {
  device_id: string
  code: string | null
  name: string | null
  starts_at: number | null
  ends_at: number | null
  native: boolean
  allowed: boolean
  is_managed: boolean
}

export interface Model {
  codes: Map<string, Declared>
  /** Every code as it was first declared: what its first change starts from. */
  first: Map<string, Declared>
}

export const emptyModel = (): Model => ({ codes: new Map(), first: new Map() })

const at = <T>(list: readonly T[], place: number): T | undefined =>
  list.length === 0 ? undefined : list[place % list.length]

const windowAt = (now: number, [from, length]: [number, number]) => ({
  starts_at: now + from * hour,
  ends_at: now + (from + length) * hour,
})

const onWire = ({ starts_at, ends_at }: { starts_at: number; ends_at: number }) => ({
  starts_at: new Date(starts_at).toISOString(),
  ends_at: new Date(ends_at).toISOString(),
})

/** Does one command to the world, and notes in the model what the world accepted. */
export const perform = async (world: ModelWorld, model: Model, command: Command): Promise<void> => {
  const { call } = world
  const ids = [...model.codes].filter(([, it]) => it.is_managed).map(([id]) => id)
  switch (command.do) {
    case 'create': {
      const window = command.window === null ? null : windowAt(await world.now(), command.window)
      const answer = await call('/access_codes/create', {
        device_id: locks[command.lock],
        code: command.pin,
        name: 'Ann',
        ...(window !== null && onWire(window)),
        ...(window !== null && command.pool && { use_backup_access_code_pool: true }),
        is_external_modification_allowed: command.allowed,
        prefer_native_scheduling: command.native,
      })
      if (answer === null) return
      const made = world.created(answer)
      const declared = {
        device_id: made.device_id,
        code: command.pin,
        name: 'Ann',
        starts_at: window?.starts_at ?? null,
        ends_at: window?.ends_at ?? null,
        native: command.native,
        allowed: command.allowed,
        is_managed: true,
      }
      model.codes.set(made.access_code_id, declared)
      model.first.set(made.access_code_id, declared)
      return
    }
    case 'update': {
      const access_code_id = at(ids, command.code)
      if (access_code_id === undefined) return
      const window = Array.isArray(command.window)
        ? windowAt(await world.now(), command.window)
        : null
      const answer = await call('/access_codes/update', {
        access_code_id,
        ...(command.pin !== null && { code: command.pin }),
        ...(command.name !== null && { name: command.name }),
        ...(window !== null && onWire(window)),
        ...(command.window === 'ongoing' && { type: 'ongoing' }),
      })
      const known = model.codes.get(access_code_id)
      if (answer === null || known === undefined) return
      model.codes.set(access_code_id, {
        ...known,
        code: command.pin ?? known.code,
        name: command.name ?? known.name,
        ...window,
        ...(command.window === 'ongoing' && { starts_at: null, ends_at: null }),
      })
      return
    }
    case 'delete': {
      const access_code_id = at(ids, command.code)
      if (access_code_id === undefined) return
      const answer = await call('/access_codes/delete', { access_code_id })
      if (answer !== null) model.codes.delete(access_code_id)
      return
    }
    case 'release': {
      const access_code_id = at(ids, command.code)
      if (access_code_id === undefined) return
      const answer = await call('/access_codes/update', { access_code_id, is_managed: false })
      if (answer !== null) model.codes.delete(access_code_id)
      return
    }
    case 'pull': {
      const access_code_id = at(ids, command.code)
      if (access_code_id === undefined) return
      await call('/access_codes/pull_backup_access_code', { access_code_id })
      return
    }
    case 'hand_create':
      await call('/_emulator/manufacturer_app/create_code', {
        device_id: locks[command.lock],
        code: command.pin,
        name: 'Cleaner',
      })
      return
    case 'hand_update':
    case 'hand_delete': {
      const device_id = locks[command.lock] ?? locks[0]
      const slot = at(await world.slots(device_id), command.slot)?.slot
      if (slot === undefined) return
      if (command.do === 'hand_delete') {
        await call('/_emulator/manufacturer_app/delete_code', { device_id, slot })
        return
      }
      await call('/_emulator/manufacturer_app/update_code', {
        device_id,
        slot,
        ...(command.pin !== null && { code: command.pin }),
        ...(command.name !== null && { name: command.name }),
      })
      return
    }
    case 'convert':
    case 'delete_unmanaged': {
      const all = (await Promise.all(locks.map((lock) => world.unmanaged(lock)))).flat()
      const access_code_id = at(all, command.unmanaged)?.access_code_id
      if (access_code_id === undefined) return
      if (command.do === 'delete_unmanaged') {
        await call('/access_codes/unmanaged/delete', { access_code_id })
        return
      }
      await call('/access_codes/unmanaged/convert_to_managed', {
        access_code_id,
        is_external_modification_allowed: command.allowed,
      })
      return
    }
    case 'fault':
      await call('/_emulator/faults/create', {
        on: `access_code.${command.on}`,
        times: command.times,
        effect: command.effect,
      })
      return
    case 'unplug':
    case 'plug':
      for (const bridge_id of bridges) await call(`/_emulator/bridges/${command.do}`, { bridge_id })
      return
    case 'advance':
      await call('/_emulator/clock/advance', { by: command.by })
      return
    default:
      command satisfies never
  }
}

/** Faults end, links come back, and enough time passes for every retry and poll. */
export const bringToRest = async (world: ModelWorld): Promise<void> => {
  await world.call('/_emulator/faults/clear', {})
  for (const bridge_id of bridges) await world.call('/_emulator/bridges/plug', { bridge_id })
  await world.call('/_emulator/clock/advance', { by: '4h' })
}

const parsed = (iso: string | null | undefined): number | null =>
  iso === null || iso === undefined ? null : Date.parse(iso)

const has = (code: Code, error_code: string): boolean =>
  code.errors.some((error) => error.error_code === error_code)

const isTakenOffByOwner = (code: Code): boolean =>
  code.warnings.some((it) => it.change_type === 'removed')

/** What a lock at rest must hold of a code: all of it, nothing, or either. */
const expected = (code: Code, declared: Declared | undefined, now: number, jit: boolean) => {
  const [starts_at, ends_at] = [parsed(code.starts_at), parsed(code.ends_at)]
  if (ends_at !== null && now >= ends_at) return 'nothing'
  if (isTakenOffByOwner(code)) return 'nothing'
  if (has(code, 'duplicate_code_on_device')) return 'refused'
  const native = !jit && (declared?.native ?? true) && ends_at !== null
  if (starts_at === null || now >= starts_at - (native ? 72 : 1) * hour) return 'all'
  return native ? 'either' : 'nothing'
}

const shorter = (name: string | null, limit: number | null): string | null =>
  name === null || limit === null ? name : name.slice(0, limit)

/** Schlage locks cut names; SmartThings locks keep no windows. */
const traits = [
  { name_limit: null, jit: false },
  { name_limit: 9, jit: false },
  { name_limit: null, jit: true },
]

export const checkLocks = async (world: ModelWorld, model: Model): Promise<void> => {
  const now = await world.now()
  for (const [index, device_id] of locks.entries()) {
    const { name_limit, jit } = traits[index] ?? { name_limit: null, jit: false }
    const [managed, unmanaged, slots] = [
      await world.managed(device_id),
      await world.unmanaged(device_id),
      await world.slots(device_id),
    ]
    const slotOf = new Map<string | null, Slot>(slots.map((slot) => [slot.access_code_id, slot]))
    for (const code of managed) {
      const declared = model.codes.get(code.access_code_id)
      const slot = slotOf.get(code.access_code_id)
      const wanted = expected(code, declared, now, jit)
      const where = `code ${code.access_code_id} (${code.status})`
      if (wanted === 'nothing') expect(slot, `${where} is off the lock`).toBeUndefined()
      if (wanted === 'all') expect(slot, `${where} is on the lock`).toBeDefined()
      if (wanted === 'refused') {
        // Another slot has the PIN; what the lock held of the code before is still there.
        const others = slots.filter((it) => it.access_code_id !== code.access_code_id)
        expect(
          others.map((it) => it.code),
          where,
        ).toContain(code.code)
        continue
      }
      if (slot === undefined) continue
      expect({ code: slot.code, name: slot.name }, where).toEqual({
        code: code.code,
        name: shorter(code.name, name_limit),
      })
      const keepsWindow = !jit && (declared?.native ?? true) && (code.ends_at ?? null) !== null
      if (declared !== undefined) {
        expect([slot.starts_at, slot.ends_at], where).toEqual(
          keepsWindow ? [code.starts_at, code.ends_at] : [null, null],
        )
      }
      if (wanted === 'all') {
        const early = keepsWindow && now < (parsed(code.starts_at) ?? 0)
        expect(code.status, where).toBe(early ? 'unset' : 'set')
        expect(code.errors, where).toEqual([])
        expect(code.pending_mutations, where).toEqual([])
        if (early) continue
        const door = { device_id, code: code.code }
        const answer = await world.call('/_emulator/locks/enter_code', door)
        expect(answer, where).toMatchObject({ opened: true })
      }
    }
    const known = new Set([...managed, ...unmanaged].map((code) => code.access_code_id))
    for (const slot of slots) {
      const { access_code_id } = slot
      // Spare codes of the pool are not listed, but can be read.
      const isKnown =
        known.has(access_code_id ?? '') ||
        (await world.call('/access_codes/get', { access_code_id })) !== null
      expect(isKnown, `slot ${slot.slot} is known to the API`).toBe(true)
    }
    // SmartThings shows no PIN of codes that it did not write.
    for (const code of unmanaged) {
      const slot = slotOf.get(code.access_code_id)
      expect(slot?.code, 'an unmanaged code is what the lock holds').toBe(
        code.code ?? slot?.code ?? 'on the lock',
      )
    }
    checkDeclared(model, device_id, managed, now)
  }
}

/** The API holds what was declared, unless its owner may change it at the lock. */
const checkDeclared = (model: Model, device_id: string, managed: Code[], now: number): void => {
  const listed = new Map(managed.map((code) => [code.access_code_id, code]))
  for (const [id, declared] of model.codes) {
    if (declared.device_id !== device_id) continue
    const { code: pin, name, starts_at, ends_at } = declared
    const code = listed.get(id)
    if (code === undefined) {
      expect(ends_at, `${id} is gone, so it had an end`).not.toBeNull()
      expect(ends_at).toBeLessThanOrEqual(now)
      continue
    }
    if (declared.allowed) continue
    const found = {
      code: code.code,
      name: code.name,
      starts_at: parsed(code.starts_at),
      ends_at: parsed(code.ends_at),
    }
    expect(found, `what is declared of ${id}`).toEqual({ code: pin, name, starts_at, ends_at })
  }
}

const changeOf: Record<string, string[]> = {
  'access_code.code_changed': ['code'],
  'access_code.name_changed': ['name'],
  'access_code.time_frame_changed': ['starts_at', 'ends_at'],
}

interface Life {
  is_over: boolean
  is_present: boolean
  /** Something happened after which the presence is told again. */
  may_tell_again: boolean
  was_asked: boolean
  told: Record<string, string | null | undefined>
}

/** Tells the story of every code and refuses what cannot follow. */
export const checkStories = (events: Event[], model: Model): void => {
  const lives = new Map<string, Life>()
  let before = 0
  for (const event of events) {
    const { access_code_id, event_type } = event
    const created = Date.parse(event.created_at)
    expect(created, 'events are recorded in order').toBeGreaterThanOrEqual(before)
    expect(Date.parse(event.occurred_at)).toBeLessThanOrEqual(created)
    before = created
    if (access_code_id === undefined || !event_type.startsWith('access_code.')) continue
    const known = lives.get(access_code_id)
    if (known === undefined) {
      expect(event_type).toMatch(/^access_code\.(unmanaged\.)?created$/)
      lives.set(access_code_id, {
        is_over: false,
        is_present: event_type.includes('unmanaged'),
        may_tell_again: false,
        was_asked: false,
        told: toldFirst(model.first.get(access_code_id)),
      })
      continue
    }
    tell(known, event)
  }
  for (const id of model.codes.keys()) expect(lives.has(id), `${id} has a story`).toBe(true)
}

const toldFirst = (declared: Declared | undefined): Life['told'] => {
  if (declared === undefined) return {}
  const { code, name, starts_at, ends_at } = declared
  const iso = (instant: number | null) =>
    instant === null ? null : new Date(instant).toISOString()
  return { code, name, starts_at: iso(starts_at), ends_at: iso(ends_at) }
}

const tell = (life: Life, event: Event): void => {
  const { event_type, access_code_id } = event
  const where = `${event_type} of ${access_code_id} at ${event.occurred_at}`
  expect(life.is_over, `${where} after the end`).toBe(false)
  const fields = changeOf[event_type]
  if (fields !== undefined) {
    expect(life.was_asked, `${where} was asked for`).toBe(true)
    for (const field of fields) {
      const told = life.told[field]
      if (told !== undefined) expect(event.from?.[field], `from of ${where}`).toBe(told)
      life.told[field] = event.to?.[field] ?? null
    }
    life.may_tell_again = true
    return
  }
  switch (event_type) {
    case 'access_code.mutations_requested':
      life.was_asked = true
      // Changes that undo each other are told by the presence alone.
      life.may_tell_again = true
      return
    case 'access_code.scheduled_on_device':
    case 'access_code.set_on_device':
      if (life.is_present && event_type === 'access_code.set_on_device' && !life.may_tell_again) {
        // A scheduled code is set when its time comes.
        expect(life.told['presence'], where).toBe('access_code.scheduled_on_device')
      }
      life.is_present = true
      life.may_tell_again = false
      life.told['presence'] = event_type
      return
    case 'access_code.removed_from_device':
    case 'access_code.deleted_external_to_seam':
      life.is_present = false
      return
    case 'access_code.modified_external_to_seam':
      life.may_tell_again = true
      // Where that is allowed, the declared values are the lock's from here on.
      life.told = { presence: life.told['presence'] }
      return
    case 'access_code.unmanaged.converted_to_managed':
      life.may_tell_again = true
      return
    case 'access_code.deleted':
      expect(life.is_present, `${where} while on the lock`).toBe(false)
      life.is_over = true
      return
    case 'access_code.unmanaged.removed':
      life.is_over = true
      return
    default:
  }
}
