/** What a lock can do and have done to it: no form offers anything else. */
import type { LockModel } from '../../contract/lock-models.ts'
import type { Lock } from './types.ts'

export interface LockCan {
  /** Somebody can type a PIN: there is a keypad now. */
  readonly typeCodes: boolean
  /** The keypad can be taken off and put on. */
  readonly takeKeypadOff: boolean
  readonly changeBattery: boolean
  readonly changeKeypadBattery: boolean
  /** It has a sensor that sees the door itself. */
  readonly moveDoor: boolean
  /** The manufacturer's app can write codes into its memory. */
  readonly holdCodes: boolean
  /** There is a slot left. */
  readonly holdOneMore: boolean
  /** It keeps the times of a code itself. */
  readonly keepTimes: boolean
  /** Seam can be asked for a code on it. */
  readonly haveStays: boolean
}

/** @param model null while the models have not been read: then nothing that depends on it is offered */
export const lockCan = (lock: Lock, model: LockModel | null): LockCan => {
  const { capacity, used } = lock.memory_bank
  const hasKeypad = model !== null && model.keypad !== 'none'
  return {
    typeCodes: lock.keypad.is_connected,
    takeKeypadOff: model?.keypad === 'accessory',
    changeBattery: lock.battery !== null,
    changeKeypadBattery: lock.keypad_battery !== null,
    moveDoor: lock.door_open !== null,
    holdCodes: capacity > 0,
    holdOneMore: used < capacity,
    keepTimes: lock.scheduling === 'native',
    haveStays: lock.is_managed && hasKeypad && lock.keypad.is_connected,
  }
}

/** How many digits a PIN may have, in words: `4 to 8 digits`, `6 digits`. */
export const lengthText = (lengths: readonly number[]): string => {
  const [first, last] = [Math.min(...lengths), Math.max(...lengths)]
  if (lengths.length === 0) return ''
  if (first === last) return `${first} digits`
  const isRun = lengths.length === last - first + 1
  return isRun ? `${first} to ${last} digits` : `${lengths.join(' or ')} digits`
}
