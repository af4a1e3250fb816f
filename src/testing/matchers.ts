/** Matchers for `expect.extend`, of vitest and of jest: they say why something is not so. */
import { z } from 'zod'
import { isEmulatorError } from '../client/transport.ts'
import type {
  AccessCodeStatus,
  AccessGrantState,
  AccessMethodStatus,
  ControlClient,
  DeviceStatus,
  EventType,
  JournalEntry,
} from '../index.ts'
import { messageOf } from './text.ts'

interface Verdict {
  pass: boolean
  message: () => string
}

const verdict = (pass: boolean, message: string): Verdict => ({ pass, message: () => message })

const codesAnswer = z.looseObject({
  access_codes: z.array(z.looseObject({ access_code_id: z.string(), code: z.string().nullish() })),
})
const eventsAnswer = z.looseObject({ events: z.array(z.looseObject({ event_type: z.string() })) })

/** Why the code is as it is, in sentences; nothing for one that never was. */
const explained = async (workspace: ControlClient, access_code_id: string): Promise<string> => {
  try {
    return (await workspace.explain({ access_code_id })).summary.join('\n')
  } catch (error) {
    if (isEmulatorError(error)) return error.message
    throw error
  }
}

const codeWithPin = async (workspace: ControlClient, device_id: string, pin: string) => {
  const answer = await workspace.call('/access_codes/list', { device_id })
  return codesAnswer.parse(answer).access_codes.find(({ code }) => code === pin)?.access_code_id
}

/** A door, and the PIN that is typed there now. */
export interface Door {
  device_id: string
  code: string
}

export type ExpectedStatus =
  | { access_code_id: string; status: AccessCodeStatus | 'deleted' }
  | { device_id: string; status: DeviceStatus | 'deleted' }
  | { access_grant_id: string; status: AccessGrantState | 'deleted' }
  | { access_method_id: string; status: AccessMethodStatus | 'deleted' }

export interface ExpectedEvent {
  event_type: EventType
  access_code_id?: string
  device_id?: string
  access_grant_id?: string
  access_method_id?: string
}

export interface ExpectedCall {
  path: string
  method?: string
  /** How often; at least once when not given. */
  times?: number
}

/** The PIN opens the door at this instant. */
const toOpenDoor = async (workspace: ControlClient, door: Door): Promise<Verdict> => {
  const { opened, reason } = await workspace.locks.enterCode({ ...door })
  const { name } = await workspace.locks.get({ device_id: door.device_id })
  if (opened) return verdict(true, `The PIN ${door.code} opens ${name}.`)
  const id = await codeWithPin(workspace, door.device_id, door.code)
  const why =
    id === undefined ? `No access code of the device has this PIN.` : await explained(workspace, id)
  return verdict(
    false,
    `The PIN ${door.code} does not open ${name}: ${reason ?? 'no reason'}.\n${why}`,
  )
}

const statusOfDevice = async (workspace: ControlClient, device_id: string): Promise<string> => {
  try {
    const { online, link } = await workspace.locks.get({ device_id })
    return online ? 'online' : `offline (${link.cause ?? 'its bridge'})`
  } catch (error) {
    if (isEmulatorError(error) && error.status === 404) return 'deleted'
    throw error
  }
}

/** Of a grant how far it has come, of a method whether it is issued; door by door why. */
const statusOfAccess = async (
  workspace: ControlClient,
  expected: Extract<ExpectedStatus, { access_grant_id: string } | { access_method_id: string }>,
): Promise<Verdict> => {
  const { status, ...by } = expected
  const told = await workspace.accessGrants.explain(by)
  const isGrant = 'access_grant_id' in by
  const [method] = told.access_methods
  const found =
    isGrant || method === undefined ? told.state : method.is_issued ? 'issued' : 'not_issued'
  const what = isGrant ? 'access grant' : 'access method'
  return verdict(
    found === status,
    `The ${what} is ${found}; ${status} was expected.\n${told.summary.join('\n')}`,
  )
}

/** It has this status at this instant; `waitUntil` waits for one. */
const toHaveStatus = async (
  workspace: ControlClient,
  expected: ExpectedStatus,
): Promise<Verdict> => {
  const { status } = expected
  if ('device_id' in expected) {
    const found = await statusOfDevice(workspace, expected.device_id)
    const message = `The device is ${found}; ${status} was expected.`
    return verdict(found.split(' ')[0] === status, message)
  }
  if (!('access_code_id' in expected)) return statusOfAccess(workspace, expected)
  const explanation = await workspace
    .explain({ access_code_id: expected.access_code_id })
    .catch((error: unknown) => ({ status: 'unknown', summary: [messageOf(error)] }))
  return verdict(
    explanation.status === status,
    `The access code is ${explanation.status}; ${status} was expected.\n${explanation.summary.join('\n')}`,
  )
}

const reasonOf = async (
  workspace: ControlClient,
  { access_code_id, access_grant_id, access_method_id }: Omit<ExpectedEvent, 'event_type'>,
): Promise<string> => {
  if (access_code_id !== undefined) return `\n${await explained(workspace, access_code_id)}`
  if (access_grant_id === undefined && access_method_id === undefined) return ''
  const by = access_grant_id === undefined ? { access_method_id } : { access_grant_id }
  const told = await workspace.accessGrants
    .explain(by)
    .catch((error: unknown) => ({ summary: [messageOf(error)] }))
  return `\n${told.summary.join('\n')}`
}

/** Such an event was recorded, about the thing that is named. */
const toHaveEvent = async (
  workspace: ControlClient,
  { event_type, ...about }: ExpectedEvent,
): Promise<Verdict> => {
  const asked = { since: '1970-01-01T00:00:00Z', limit: 10_000, ...about }
  const { events } = eventsAnswer.parse(await workspace.call('/events/list', asked))
  const types = events.map((event) => event.event_type).toReversed()
  const why = await reasonOf(workspace, about)
  return verdict(
    types.includes(event_type),
    `${event_type} was ${types.includes(event_type) ? '' : 'not '}recorded. Recorded: ${types.join(', ') || 'nothing'}.${why}`,
  )
}

/** API and locks agree at this instant, everywhere or at one lock. */
const toHaveNoDisagreements = async (
  workspace: ControlClient,
  about: { device_id?: string } = {},
): Promise<Verdict> => {
  const found = await workspace.disagreements(about)
  const told = found.map(({ kind, sentence }) => `${kind}: ${sentence}`)
  return verdict(
    found.length === 0,
    found.length === 0
      ? 'API and locks agree.'
      : `API and locks disagree about ${found.length === 1 ? 'one thing' : `${found.length} things`}:\n${told.join('\n')}`,
  )
}

const lineOf = ({ method, path, status, error_type }: JournalEntry): string =>
  `${method} ${path} ${status}${error_type === null ? '' : ` ${error_type}`}`

/** The integration called this path; the library's and the command line's calls do not count. */
const toHaveCalled = async (
  workspace: ControlClient,
  { path, method, times }: ExpectedCall,
): Promise<Verdict> => {
  const calls = await workspace.requests.list({ ...(method !== undefined && { method }) })
  const fitting = calls.filter((call) => call.path === path)
  const pass = times === undefined ? fitting.length > 0 : fitting.length === times
  const seen = calls.slice(-20).map(lineOf).join('\n')
  return verdict(
    pass,
    `${path} was called ${fitting.length} times. The last calls of the integration:\n${seen || 'none'}`,
  )
}

/** For `expect.extend(seamMatchers)`; `seam-emulator/testing/vitest` does it, with types. */
export const seamMatchers = {
  toOpenDoor,
  toHaveStatus,
  toHaveEvent,
  toHaveCalled,
  toHaveNoDisagreements,
}
