import type { z } from 'zod'
import { setRadio } from '../../sim/devices/link-changes.ts'
import { announceDevice } from '../../sim/devices/operations.ts'
import { createLock } from '../../sim/locks/create.ts'
import { requireDevice } from '../../sim/devices/rows.ts'
import { requireLock } from '../../sim/locks/lock-view.ts'
import type { LockView } from '../../sim/locks/lock-view.ts'
import { invalidInput } from '../../sim/kernel/errors.ts'
import { toIsoOrNull } from '../../sim/kernel/instant.ts'
import { batteryStatus } from '../../sim/devices/battery-level.ts'
import { lockProfiles } from '../../sim/locks/models/index.ts'
import { setJammed } from '../../sim/locks/jam.ts'
import { enterCode } from '../../sim/locks/at-the-door.ts'
import { setThirdParty } from '../../sim/locks/third-party.ts'
import { setBattery, setKeypad } from '../../sim/locks/battery/use.ts'
import { factoryReset } from '../../sim/locks/factory-reset.ts'
import { slotsOf } from '../../sim/locks/memory-bank.ts'
import type { Slot } from '../../db/tables/locks.ts'
import type { World } from '../../sim/kernel/world.ts'
import { answerRoute } from './endpoint.ts'
import { lockModelRoutes } from '../../contract/lock-models.ts'
import type { lock } from '../../contract/locks.ts'
import { lockRoutes } from '../../contract/locks.ts'
import type { ControlRoute } from '../../contract/route.ts'
import { presentDevice } from '../seam/devices/present.ts'
import { device } from '../seam/devices/wire.ts'

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

/** A lock without what is in its memory. */
export const presentWiring = (view: LockView) => ({
  device_id: view.device.device_id,
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
})

const presentLock = (world: World, device_id: string) => {
  const view = requireLock(world, device_id)
  return {
    ...presentWiring(view),
    memory_bank: {
      capacity: view.profile.memory_slots,
      slots: slotsOf(world, device_id).map(presentSlot),
    },
  }
}

const create = answerRoute(
  lockRoutes.create,
  {
    effect: 'write',
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
  },
  { exact: () => ({ device: device() }) },
)

/** An endpoint that does something to a lock and answers the lock. */
const onLock = <P extends z.ZodType<{ device_id: string }>>(
  route: ControlRoute<P, { lock: ReturnType<typeof lock> }>,
  run: (world: World, device_id: string, params: z.output<P>) => void,
) =>
  answerRoute(route, {
    effect: 'write',
    handler: ({ world }, given) => {
      const { device_id } = given
      requireLock(world, device_id)
      run(world, device_id, given)
      return { lock: presentLock(world, device_id) }
    },
  })

const get = answerRoute(lockRoutes.get, {
  effect: 'read',
  handler: ({ world }, { device_id }) => ({ lock: presentLock(world, device_id) }),
})

const enter = answerRoute(lockRoutes.enter_code, {
  effect: 'write',
  handler: ({ world }, { device_id, code }) => {
    const { opened, reason, access_code_id } = enterCode(world, device_id, code)
    return { opened, reason, ...(access_code_id !== null && { access_code_id }) }
  },
})

const models = answerRoute(lockModelRoutes.list, {
  effect: 'read',
  handler: () => ({ lock_models: Object.values(lockProfiles).map((profile) => ({ ...profile })) }),
})

const battery = onLock(lockRoutes.set_battery, (world, device_id, { level, keypad }) => {
  const { profile } = requireLock(world, device_id)
  const which = keypad === true ? 'keypad_battery' : 'battery'
  if (profile[which] === null)
    throw invalidInput('device_id', `A ${profile.display_name} lock has no ${which}`)
  setBattery(world, device_id, which, level)
})

const keypad = onLock(lockRoutes.set_keypad, (world, device_id, { connected }) => {
  const { profile } = requireLock(world, device_id)
  if (profile.keypad !== 'accessory')
    throw invalidInput(
      'device_id',
      `The keypad of ${profile.display_name} locks cannot be taken off`,
    )
  setKeypad(world, device_id, connected)
})

export const lockControlEndpoints = [
  create,
  get,
  enter,
  models,
  onLock(lockRoutes.connect, (world, device_id) => setRadio(world, device_id, true)),
  onLock(lockRoutes.disconnect, (world, device_id) => setRadio(world, device_id, false)),
  battery,
  keypad,
  onLock(lockRoutes.set_third_party, (world, device_id, { detected }) =>
    setThirdParty(world, device_id, detected),
  ),
  onLock(lockRoutes.jam, (world, device_id, { jammed }) => setJammed(world, device_id, jammed)),
  onLock(lockRoutes.set_door, (world, device_id, { open }) =>
    world.locks.update(device_id, { door_open: open }),
  ),
  onLock(lockRoutes.factory_reset, factoryReset),
]
