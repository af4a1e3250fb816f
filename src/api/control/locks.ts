import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { setRadio } from '../../sim/devices/connectivity.ts'
import { announceDevice, createLock } from '../../sim/locks/create.ts'
import { requireDevice } from '../../sim/devices/rows.ts'
import { requireLock } from '../../sim/locks/lock-view.ts'
import { invalidInput } from '../../sim/kernel/errors.ts'
import { toIsoOrNull } from '../../sim/kernel/instant.ts'
import { batteryStatus } from '../../sim/locks/battery/level.ts'
import { lockProfiles } from '../../sim/locks/models/index.ts'
import { setJammed } from '../../sim/locks/door-state.ts'
import { enterCode } from '../../sim/locks/operations.ts'
import { setThirdParty } from '../../sim/locks/third-party.ts'
import { setBattery, setKeypad } from '../../sim/locks/battery/use.ts'
import { factoryReset } from '../../sim/locks/factory-reset.ts'
import { slotsOf } from '../../sim/locks/memory-bank.ts'
import type { Slot } from '../../db/tables/locks.ts'
import type { World } from '../../sim/kernel/world.ts'
import { serverAuth } from '../http/auth.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import { id } from '../http/fields.ts'
import { presentDevice } from '../seam/devices/present.ts'
import { device } from '../seam/devices/wire.ts'

const power = once(() => z.strictObject({ level: z.number(), status: z.string() }).nullable())

export const slotSchema = once(() =>
  z.strictObject({
    slot: z.number(),
    code: z.string(),
    name: z.string().nullable(),
    starts_at: z.string().nullable(),
    ends_at: z.string().nullable(),
    access_code_id: z.string().nullable(),
  }),
)

const lock = once(() =>
  z.strictObject({
    device_id: z.string(),
    model: z.string().nullable(),
    name: z.string(),
    online: z.boolean(),
    /** Where the way from the API to the lock is broken; null when it is not. */
    link: z.strictObject({ online: z.boolean(), cause: z.string().nullable() }),
    bridge: z.strictObject({ bridge_id: z.string(), online: z.boolean() }).nullable(),
    keypad: z.strictObject({ is_connected: z.boolean(), has_power: z.boolean() }),
    battery: power(),
    keypad_battery: power(),
    bolt: z.strictObject({ locked: z.boolean(), jammed: z.boolean() }),
    auto_lock: z.strictObject({ enabled: z.boolean(), delay_seconds: z.number() }),
    memory_bank: z.strictObject({ capacity: z.number(), slots: z.array(slotSchema()) }),
  }),
)

/** A memory slot as the control API shows it. */
export const presentSlot = (slot: Slot) => ({
  slot: slot.slot,
  code: slot.code,
  name: slot.name,
  starts_at: toIsoOrNull(slot.starts_at),
  ends_at: toIsoOrNull(slot.ends_at),
  access_code_id: slot.access_code_id,
})

const presentPower = (level: number | null) =>
  level === null ? null : { level, status: batteryStatus(level) }

const presentLock = (world: World, device_id: string) => {
  const view = requireLock(world, device_id)
  return {
    device_id,
    model: view.device.model,
    name: view.device.name,
    online: view.link.online,
    link: view.link,
    bridge: view.bridge && {
      bridge_id: view.bridge.bridge_id,
      online: view.bridge.offline_at === null,
    },
    keypad: view.keypad,
    battery: presentPower(view.battery_level),
    keypad_battery: presentPower(view.keypad_battery_level),
    bolt: { locked: view.lock.locked, jammed: view.lock.jammed },
    auto_lock: {
      enabled: view.lock.auto_lock_enabled,
      delay_seconds: view.lock.auto_lock_delay_seconds,
    },
    memory_bank: {
      capacity: view.profile.memory_slots,
      slots: slotsOf(world, device_id).map(presentSlot),
    },
  }
}

const level = once(() => z.number().min(0).max(1))

const create = defineEndpoint({
  path: '/_emulator/locks/create',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Hangs a lock of any model on a door; account and bridge are made when not given.',
  effect: 'write',
  params: () =>
    z.strictObject({
      model: z.string(),
      name: z.string().optional(),
      device_id: id().optional(),
      connected_account_id: id().optional(),
      bridge_id: id().optional(),
      has_bridge: z.boolean().optional(),
      nickname: z.string().optional(),
      is_managed: z.boolean().optional(),
      has_keypad: z.boolean().optional(),
      is_online: z.boolean().optional(),
      locked: z.boolean().optional(),
      battery_level: level().optional(),
      keypad_battery_level: level().optional(),
      serial_number: z.string().optional(),
      location: z
        .strictObject({ location_name: z.string().optional(), time_zone: z.string().optional() })
        .optional(),
      custom_metadata: z.record(z.string(), z.union([z.string(), z.boolean()])).optional(),
      customer_key: z.string().optional(),
      /**
       * Fields of the lock profile that this lock has otherwise, such as `memory_slots`; of an
       * object such as `latency` also only some fields.
       */
      profile: z.record(z.string(), z.unknown()).optional(),
      memory_slots: z.int().min(0).optional(),
      poll_interval: z.int().min(0).optional(),
    }),
  result: () => ({ device: device() }),
  handler: ({ world }, { profile, memory_slots, poll_interval, ...input }) => {
    const overrides = {
      ...profile,
      ...(memory_slots !== undefined && { memory_slots }),
      ...(poll_interval !== undefined && { poll_interval }),
    }
    const made = createLock(world, {
      ...input,
      profile_overrides: Object.keys(overrides).length === 0 ? undefined : overrides,
    })
    announceDevice(world, made.device_id)
    return { device: presentDevice(world, requireDevice(world, made.device_id)) }
  },
})

const deviceOnly = once(() => z.strictObject({ device_id: id() }))

/** An endpoint that does something to a lock and answers the lock. */
const onLock = <P extends z.ZodObject<{ device_id: z.ZodType<string> }>>(
  name: string,
  summary: string,
  params: () => P,
  run: (world: World, device_id: string, params: z.output<P>) => void,
) =>
  defineEndpoint({
    path: `/_emulator/locks/${name}`,
    methods: ['POST'],
    auth: serverAuth,
    summary,
    effect: 'write',
    params,
    result: () => ({ lock: lock() }),
    handler: ({ world }, given) => {
      const { device_id } = given
      requireLock(world, device_id)
      run(world, device_id, given)
      return { lock: presentLock(world, device_id) }
    },
  })

const get = defineEndpoint({
  path: '/_emulator/locks/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'The lock itself: link, power, bolt and memory bank.',
  effect: 'read',
  params: () => z.strictObject({ device_id: id() }),
  result: () => ({ lock: lock() }),
  handler: ({ world }, { device_id }) => ({ lock: presentLock(world, device_id) }),
})

const enter = defineEndpoint({
  path: '/_emulator/locks/enter_code',
  methods: ['POST'],
  auth: serverAuth,
  summary: "A person types a code: the door's own answer at this instant.",
  effect: 'write',
  params: () => z.strictObject({ device_id: id(), code: z.string() }),
  result: () => ({
    opened: z.boolean(),
    reason: z.string().nullable(),
    access_code_id: z.string().optional(),
  }),
  handler: ({ world }, { device_id, code }) => {
    const { opened, reason, access_code_id } = enterCode(world, device_id, code)
    return { opened, reason, ...(access_code_id !== null && { access_code_id }) }
  },
})

const models = defineEndpoint({
  path: '/_emulator/lock_models/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'The lock models that locks/create makes, with where each fact comes from.',
  effect: 'read',
  params: () => z.strictObject({}),
  result: () => ({ lock_models: z.array(z.looseObject({ model: z.string() })) }),
  handler: () => ({ lock_models: Object.values(lockProfiles).map((profile) => ({ ...profile })) }),
})

export const lockControlEndpoints = [
  create,
  get,
  enter,
  models,
  onLock('connect', "Puts the lock's own radio on.", deviceOnly, (world, device_id) =>
    setRadio(world, device_id, true),
  ),
  onLock('disconnect', "Takes the lock's own radio off.", deviceOnly, (world, device_id) =>
    setRadio(world, device_id, false),
  ),
  onLock(
    'set_battery',
    'Puts in a battery of this level, 0 to 1; `keypad: true` means that of the accessory keypad.',
    () => deviceOnly().extend({ level: level(), keypad: z.boolean().optional() }),
    (world, device_id, params) => {
      const { profile } = requireLock(world, device_id)
      const which = params.keypad === true ? 'keypad_battery' : 'battery'
      if (profile[which] === null)
        throw invalidInput('device_id', `A ${profile.display_name} lock has no ${which}`)
      setBattery(world, device_id, which, params.level)
    },
  ),
  onLock(
    'set_keypad',
    'Connects or disconnects the accessory keypad.',
    () => deviceOnly().extend({ connected: z.boolean() }),
    (world, device_id, { connected }) => {
      const { profile } = requireLock(world, device_id)
      if (profile.keypad !== 'accessory')
        throw invalidInput(
          'device_id',
          `The keypad of ${profile.display_name} locks cannot be taken off`,
        )
      setKeypad(world, device_id, connected)
    },
  ),
  onLock(
    'set_third_party',
    'Lets another integration manage the codes of the lock as well, or no longer.',
    () => deviceOnly().extend({ detected: z.boolean().default(true) }),
    (world, device_id, { detected }) => setThirdParty(world, device_id, detected),
  ),
  onLock(
    'jam',
    'Jams the bolt, or frees it with `jammed: false`.',
    () => deviceOnly().extend({ jammed: z.boolean().default(true) }),
    (world, device_id, { jammed }) => setJammed(world, device_id, jammed),
  ),
  onLock(
    'set_door',
    'Opens or closes the door itself, as a door sensor sees it.',
    () => deviceOnly().extend({ open: z.boolean() }),
    (world, device_id, { open }) => world.locks.update(device_id, { door_open: open }),
  ),
  onLock(
    'factory_reset',
    'Somebody resets the lock: its codes, log and settings are gone. Seam finds out at the next poll.',
    deviceOnly,
    factoryReset,
  ),
]
