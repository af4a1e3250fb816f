/** What an action attempt can be about: one entry a type, in the folder of its resource. */
import type { z } from 'zod'
import type { ActionAttempt, ActionType } from '../../db/tables/action-attempts.ts'
import type { OccasionOf } from '../../contract/fault-occasions.ts'
import { consultFaults } from '../faults/registry.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import { triangular } from '../kernel/random.ts'
import type { Latency } from '../kernel/random.ts'
import type { World } from '../kernel/world.ts'
import { createActionAttempt } from './attempts.ts'
import type { Settlement } from './attempts.ts'
import { afterFault, delayOf } from './device-command-faults.ts'
import type { Words } from './device-command-faults.ts'

/** A type of action as the registry holds it. */
export interface Action<T extends ActionType = ActionType> {
  readonly type: T
  /** What is kept as the result of a success. Made on first use. */
  readonly result: () => z.ZodObject
  /** The resource that a success tells of beside that, as it is when somebody asks. */
  readonly tells?: 'access_code' | 'noise_threshold'
  /** All types of error that it can end with; absent where Seam leaves them open. */
  readonly errors?: readonly [string, ...string[]]
  /** The resource as which a success is shown, in place of what is kept. */
  readonly shows?: 'acs_credential' | 'any_acs_credential' | 'scan' | 'access_method'
  /**
   * What comes of it when its time is over; null leaves it pending for ever. Absent where no timer
   * ends it, but whoever does the work.
   */
  readonly carryOut?: (world: World, attempt: ActionAttempt) => Settlement | null
}

/** One command that has run its time. */
export interface DueCommand<P> {
  readonly action_attempt_id: string
  readonly device_id: string
  readonly params: P
}

type Outcome<R> =
  | { status: 'success'; result: R }
  | { status: 'error'; error: { type: string; message: string } }

interface CommandDefinition<T extends ActionType, P extends z.ZodObject, R extends z.ZodObject> {
  readonly type: T
  /** What is kept with the attempt until it is carried out. */
  readonly params: () => P
  readonly result: () => R
  /** How long the device takes to answer. */
  readonly latency: (world: World, device_id: string) => Latency
  /** The occasion of faults that the command is. */
  readonly fault_on?: OccasionOf<'bolt' | 'command'>
  /** Does it. The device is there, and no fault has ended the attempt. */
  readonly carryOut: (world: World, command: DueCommand<z.output<P>>) => Outcome<z.output<R>>
  /** Does it where a fault keeps the device's answer back; without it, nothing happens and the attempt stays pending. */
  readonly unconfirmed?: (world: World, command: DueCommand<z.output<P>>) => Outcome<z.output<R>>
  /** How it says that a fault struck; as locks do when not given. */
  readonly words?: Words
  /** What follows for the device when the attempt ends with an error. */
  readonly failed?: (world: World, device_id: string) => void
}

/** A command to a device: it is answered after a while, or fails. */
export interface Command<T extends ActionType, P> extends Action<T> {
  /** Sends it, with whatever fault has a hand in it. */
  readonly start: (world: World, device_id: string, params: P) => ActionAttempt
}

/** Declares a type of action that whoever does the work ends, not a timer. */
export const defineAction = <const T extends ActionType>(
  action: Omit<Action<T>, 'carryOut'>,
): Action<T> => action

/** Declares a type of action that one device answers after its latency. */
export const defineCommand = <
  const T extends ActionType,
  P extends z.ZodObject,
  R extends z.ZodObject,
>(
  command: CommandDefinition<T, P, R>,
): Command<T, z.output<P>> => ({
  type: command.type,
  result: command.result,
  carryOut: (world, { action_attempt_id, device_id, action }) => {
    if (device_id === null || world.devices.get(device_id) === undefined) {
      return failure('device_not_found', 'The device is gone.')
    }
    const params = command.params().parse(action ?? {})
    const due = { action_attempt_id, device_id, params }
    const outcome = outcomeOf(world, command, due, action?.fault)
    if (outcome?.status === 'error') command.failed?.(world, device_id)
    return outcome
  },
  start: (world, device_id, params) => start(world, command, device_id, params),
})

/** What comes of a command that has run its time; null leaves it pending. */
const outcomeOf = <P extends z.ZodObject, R extends z.ZodObject>(
  world: World,
  command: CommandDefinition<ActionType, P, R>,
  due: DueCommand<z.output<P>>,
  fault: unknown,
): Settlement | null => {
  const ended = command.fault_on === undefined ? undefined : afterFault(fault, command.words)
  if (ended === null && command.unconfirmed !== undefined) return command.unconfirmed(world, due)
  return ended === undefined ? command.carryOut(world, due) : ended
}

/** The error that an attempt ends with. */
export const failure = (type: string, message: string) => ({
  status: 'error' as const,
  error: { type, message },
})

type Timed = Pick<
  CommandDefinition<ActionType, z.ZodObject, z.ZodObject>,
  'type' | 'latency' | 'fault_on'
>

const start = (
  world: World,
  { type, latency, fault_on }: Timed,
  device_id: string,
  params: Record<string, unknown>,
): ActionAttempt => {
  const { device_type, model, connected_account_id } = world.devices.get(device_id) ?? {}
  const subject = { device_id, device_type, model, connected_account_id }
  const hit = fault_on === undefined ? null : consultFaults(world, fault_on, subject)
  const attempt = createActionAttempt(world, {
    action_type: type,
    device_id,
    action: { ...params, ...(hit !== null && { fault: hit.effect, fault_id: hit.fault_id }) },
  })
  const luck = `latency ${type} ${device_id}`
  const fraction = world.random.stream(luck).fraction(world.random.next(luck))
  const lasts = triangular(fraction, latency(world, device_id)) + (hit ? delayOf(hit.effect) : 0)
  scheduleJob(world, 'action_attempt.settle', attempt.action_attempt_id, world.now + lasts)
  return attempt
}
