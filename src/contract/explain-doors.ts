/** One door of an access grant, explained: a lock's, and an entrance's of an access system. */
import { z } from 'zod'
import { waitReasons } from './wait-reasons.ts'
import { textOrNull, word } from './fields.ts'

const doorWaitReasons = [...waitReasons, 'old_code'] as const

const doorStates = [
  'ready',
  'waiting',
  'leaving',
  'impossible',
  'unmanaged',
  'withdrawn',
  'over',
] as const

export const door = () =>
  z.strictObject({
    device_id: z.string().describe('The device.'),
    name: z.string().describe('How it is called.'),
    state: word(
      doorStates,
      '`ready`: the lock has the code, whatever the hour; `leaving`: a code is on its way off; `withdrawn`: its method was deleted by itself.',
    ),
    access_method_id: textOrNull('The method that is for it; null when there is none.'),
    access_code_id: textOrNull('The code on it.'),
    code: textOrNull('The PIN.'),
    status: textOrNull("The code's status."),
    waits_for: z
      .strictObject({
        reason: word(doorWaitReasons, 'What for.'),
        until: textOrNull('When it is looked at again.'),
      })
      .nullable()
      .describe('What it waits for; null when nothing.'),
    next_try_at: textOrNull('When the lock is talked to next; null when that is not known.'),
    last_error: textOrNull('Why the last attempt failed.'),
    sentence: z.string().describe('How far it has come.'),
    help: textOrNull('What would bring it forward; null where nothing has to be done.'),
  })

export const entranceWaitReasons = [
  'link',
  'answer',
  'retry',
  'user',
  'encoding',
  'assignment',
  'phone',
  'door',
  'line',
] as const

export const entrance = () =>
  z.strictObject({
    acs_entrance_id: z.string().describe('The entrance.'),
    acs_system_id: z.string().describe('Its access system.'),
    name: z.string().describe('How it is called.'),
    mode: z.string().describe('The way in that was asked for, such as `card`.'),
    state: word(
      doorStates,
      "`ready`: the door's own system has the credential, whatever the hour; `leaving`: it is on its way off; `withdrawn`: its method was deleted by itself.",
    ),
    access_method_id: textOrNull('The method that is for it; null when there is none.'),
    acs_credential_id: textOrNull('The credential of the method.'),
    waits_for: z
      .strictObject({
        reason: word(
          entranceWaitReasons,
          '`link`, `answer`, `retry`, `user`: its access system; `encoding`, `assignment`: a card; `phone`: a phone of the guest; `door`, `line`: the door itself.',
        ),
        until: textOrNull('When it is looked at again.'),
      })
      .nullable()
      .describe('What it waits for; null when nothing.'),
    last_error: textOrNull('Why the last attempt failed.'),
    sentence: z.string().describe('How far it has come.'),
    help: textOrNull('What would bring it forward; null where nothing has to be done.'),
  })
