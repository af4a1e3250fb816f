/** Every type of action attempt that the emulator makes. One that is missing here is a type error. */
import type { ActionType } from '../db/tables/action-attempts.ts'
import {
  convertAccessCodeToManaged,
  createAccessCodeAction,
  deleteAccessCodeAction,
  updateAccessCodeAction,
} from './access-codes/actions.ts'
import { assignCardAction } from './access-grants/cards.ts'
import { carryOutUnlock } from './acs-cards/unlock.ts'
import {
  encodeCredentialAction,
  scanCredentialAction,
  scanToAssignAction,
} from './acs-encoders/actions.ts'
import type { World } from './kernel/world.ts'
import {
  configureAutoLockCommand,
  keypadCodeEntryCommand,
  lockDoorCommand,
  manualLockCommand,
  unlockDoorCommand,
} from './locks/actions.ts'
import {
  createNoiseThresholdAction,
  deleteNoiseThresholdAction,
  updateNoiseThresholdAction,
} from './noise-sensors/actions.ts'
import {
  activatePresetCommand,
  pushProgramsCommand,
  setFanModeCommand,
  setHvacModeCommand,
} from './thermostats/commands.ts'
import { resetSandboxAction } from './workspaces/actions.ts'
import type { Action } from './action-attempts/action.ts'
import { settleActionAttempt } from './action-attempts/attempts.ts'

export const actions: { readonly [T in ActionType]: Action & { readonly type: T } } = {
  LOCK_DOOR: lockDoorCommand,
  UNLOCK_DOOR: {
    ...unlockDoorCommand,
    // Of a lock, or of a door of an access system, which is no device.
    carryOut: (world, attempt) =>
      attempt.device_id === null
        ? carryOutUnlock(world, attempt)
        : (unlockDoorCommand.carryOut?.(world, attempt) ?? null),
  },
  CONFIGURE_AUTO_LOCK: configureAutoLockCommand,
  SIMULATE_KEYPAD_CODE_ENTRY: keypadCodeEntryCommand,
  SIMULATE_MANUAL_LOCK_VIA_KEYPAD: manualLockCommand,
  CREATE_ACCESS_CODE: createAccessCodeAction,
  UPDATE_ACCESS_CODE: updateAccessCodeAction,
  DELETE_ACCESS_CODE: deleteAccessCodeAction,
  CONVERT_ACCESS_CODE_TO_MANAGED: convertAccessCodeToManaged,
  CREATE_NOISE_THRESHOLD: createNoiseThresholdAction,
  UPDATE_NOISE_THRESHOLD: updateNoiseThresholdAction,
  DELETE_NOISE_THRESHOLD: deleteNoiseThresholdAction,
  SET_HVAC_MODE: setHvacModeCommand,
  SET_FAN_MODE: setFanModeCommand,
  ACTIVATE_CLIMATE_PRESET: activatePresetCommand,
  PUSH_THERMOSTAT_PROGRAMS: pushProgramsCommand,
  ENCODE_CREDENTIAL: encodeCredentialAction,
  SCAN_CREDENTIAL: scanCredentialAction,
  SCAN_TO_ASSIGN_CREDENTIAL: scanToAssignAction,
  ASSIGN_CREDENTIAL: assignCardAction,
  RESET_SANDBOX_WORKSPACE: resetSandboxAction,
}

/** The job of a command: it has run its time, and this is what comes of it. */
export const carryOutAction = (world: World, action_attempt_id: string): void => {
  const attempt = world.action_attempts.get(action_attempt_id)
  if (attempt === undefined || attempt.status !== 'pending' || attempt.is_pinned) return
  const settlement = actions[attempt.action_type].carryOut?.(world, attempt) ?? null
  if (settlement !== null) settleActionAttempt(world, attempt, settlement)
}
