/** What the API has a lock do: the types of action attempts about locks, and how each is asked for. */
import { z } from 'zod'
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import { defineCommand, failure } from '../action-attempts/action.ts'
import type { DueCommand } from '../action-attempts/action.ts'
import { refreshLink } from './link-of-lock.ts'
import { domainError } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { startAutoLock } from './auto-lock.ts'
import { keypadWorks, requireLock } from './lock-view.ts'
import type { LockView } from './lock-view.ts'
import { enterCode, hasPower, moveBolt } from './at-the-door.ts'
import type { LockProfile } from './profile.ts'

const nothing = () => z.object({})

const latencyOf = (of: 'lock' | 'unlock') => (world: World, device_id: string) =>
  requireLock(world, device_id).profile.latency[of]

const atOnce = () => ({ min: 0, typical: 0, max: 0 })

/** Why nobody can be made to do something at the keypad, or at the bolt. */
const impediments: Readonly<Record<string, string>> = {
  no_power: 'The battery of the lock is empty.',
  keypad_unavailable: 'The keypad is not connected, or its battery is empty.',
  jammed: 'The bolt is jammed: it did not move.',
}

const hindered = (reason: string) => failure(reason, impediments[reason] ?? reason)

const success = <R extends object>(result: R) => ({ status: 'success' as const, result })

/** What goes over the air fails when the lock cannot be reached; null when it can. */
const unreachable = (view: LockView) =>
  view.link.online
    ? null
    : failure(
        view.link.cause ?? 'device_disconnected',
        'The lock could not be reached: it is offline.',
      )

const boltResult = () => z.object({ was_confirmed_by_device: z.boolean() })

const moveRemotely = (
  world: World,
  { device_id, action_attempt_id }: DueCommand<object>,
  locked: boolean,
) => {
  const offline = unreachable(requireLock(world, device_id))
  if (offline !== null) return offline
  if (!moveBolt(world, device_id, locked, { method: 'remote', action_attempt_id })) {
    return hindered('jammed')
  }
  refreshLink(world, device_id)
  return success({ was_confirmed_by_device: true })
}

export const lockDoorCommand = defineCommand({
  type: 'LOCK_DOOR',
  params: nothing,
  result: boltResult,
  latency: latencyOf('lock'),
  fault_on: 'lock.lock',
  carryOut: (world, command) => moveRemotely(world, command, true),
})

export const unlockDoorCommand = defineCommand({
  type: 'UNLOCK_DOOR',
  params: nothing,
  result: boltResult,
  latency: latencyOf('unlock'),
  fault_on: 'lock.unlock',
  carryOut: (world, command) => moveRemotely(world, command, false),
})

export const configureAutoLockCommand = defineCommand({
  type: 'CONFIGURE_AUTO_LOCK',
  params: () =>
    z.object({
      auto_lock_enabled: z.boolean(),
      auto_lock_delay_seconds: z.number().optional(),
    }),
  result: nothing,
  latency: latencyOf('lock'),
  carryOut: (world, { device_id, params }) => {
    const offline = unreachable(requireLock(world, device_id))
    if (offline !== null) return offline
    const { auto_lock_enabled, auto_lock_delay_seconds } = params
    world.locks.update(device_id, {
      auto_lock_enabled,
      ...(auto_lock_delay_seconds !== undefined && { auto_lock_delay_seconds }),
    })
    startAutoLock(world, device_id)
    return success({})
  },
})

export const keypadCodeEntryCommand = defineCommand({
  type: 'SIMULATE_KEYPAD_CODE_ENTRY',
  params: () => z.object({ code: z.string() }),
  result: nothing,
  latency: atOnce,
  carryOut: (world, { device_id, params }) => {
    const { reason } = enterCode(world, device_id, params.code)
    // A wrong code is what was to be simulated; a keypad that is dead or gone is not.
    return reason !== null && reason in impediments ? hindered(reason) : success({})
  },
})

export const manualLockCommand = defineCommand({
  type: 'SIMULATE_MANUAL_LOCK_VIA_KEYPAD',
  params: nothing,
  result: nothing,
  latency: atOnce,
  carryOut: (world, { device_id }) => {
    const view = requireLock(world, device_id)
    if (!hasPower(view)) return hindered('no_power')
    if (!keypadWorks(view)) return hindered('keypad_unavailable')
    return moveBolt(world, device_id, true, { method: 'keycode' })
      ? success({})
      : hindered('jammed')
  },
})

/** @throws device_type_not_supported */
const requireAbility = (
  world: World,
  device_id: string,
  flag: string,
  isAble: (profile: LockProfile) => boolean,
): void => {
  const { profile } = requireLock(world, device_id)
  if (isAble(profile)) return
  throw domainError(
    'device_type_not_supported',
    `The device ${device_id} has no ${flag}: ${profile.display_name} locks cannot do this.`,
    { data: { device_id } },
  )
}

export const lockDoor = (world: World, device_id: string): ActionAttempt => {
  requireAbility(world, device_id, 'can_remotely_lock', (it) => it.capabilities.remotely_lock)
  return lockDoorCommand.start(world, device_id, {})
}

export const unlockDoor = (world: World, device_id: string): ActionAttempt => {
  requireAbility(world, device_id, 'can_remotely_unlock', (it) => it.capabilities.remotely_unlock)
  return unlockDoorCommand.start(world, device_id, {})
}

export const configureAutoLock = (
  world: World,
  device_id: string,
  {
    auto_lock_enabled,
    auto_lock_delay_seconds,
  }: {
    auto_lock_enabled: boolean
    auto_lock_delay_seconds?: number | undefined
  },
): ActionAttempt => {
  requireAbility(
    world,
    device_id,
    'can_configure_auto_lock',
    (it) => it.capabilities.configure_auto_lock,
  )
  return configureAutoLockCommand.start(world, device_id, {
    auto_lock_enabled,
    auto_lock_delay_seconds,
  })
}

export const simulateCodeEntry = (world: World, device_id: string, code: string): ActionAttempt => {
  requireAbility(world, device_id, 'keypad', (it) => it.keypad !== 'none')
  return keypadCodeEntryCommand.start(world, device_id, { code })
}

export const simulateManualLock = (world: World, device_id: string): ActionAttempt => {
  requireAbility(world, device_id, 'keypad', (it) => it.keypad !== 'none')
  return manualLockCommand.start(world, device_id, {})
}
