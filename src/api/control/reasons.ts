/** Why something has not come about yet, in the sentences that `explain` knows. */
import { explainAccessCode } from '../../sim/access-codes/explain.ts'
import { explainAccessGrant, explainAccessMethod } from '../../sim/access-grants/explain/grant.ts'
import { allFaults, stateOf } from '../../sim/faults/registry.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'

/** So many codes are told of where none is named. */
const TOLD = 3

const ofCode = (world: World, access_code_id: string): string[] =>
  // The status itself is said by whoever waited.
  explainAccessCode(world, access_code_id).summary.slice(1)

/** The faults on links, which act without a call of anybody. */
const linkFaults = (world: World): string[] =>
  allFaults(world)
    .filter(
      (fault) => fault.definition.on.endsWith('.link') && stateOf(fault, world.now) === 'active',
    )
    .map(
      ({ definition }) =>
        `The fault ${definition.name ?? definition.on} (${definition.effect.kind}) is active.`,
    )

const ofDevice = (world: World, device_id: string): string[] => {
  const device = world.devices.get(device_id)
  if (device === undefined) return ['The device is gone.']
  if (device.offline_cause === null) return [`${device.name} is online.`]
  const since = device.offline_since === null ? '' : ` since ${toIso(device.offline_since)}`
  return [`${device.name} is offline${since}: ${device.offline_cause}.`, ...linkFaults(world)]
}

const ofAttempt = (world: World, action_attempt_id: string): string[] => {
  const attempt = world.action_attempts.get(action_attempt_id)
  if (attempt === undefined) return []
  const { status, error, device_id } = attempt
  if (error !== null) return [`It ended with ${error.type}: ${error.message}`]
  if (status !== 'pending') return []
  return ['Nothing has answered it yet.', ...(device_id === null ? [] : ofDevice(world, device_id))]
}

/** What is known about one thing, in sentences. */
export const reasonsFor = (
  world: World,
  about: {
    access_code_id?: string | undefined
    device_id?: string | undefined
    action_attempt_id?: string | undefined
    access_grant_id?: string | undefined
    access_method_id?: string | undefined
  },
): string[] => {
  if (about.access_code_id !== undefined) return ofCode(world, about.access_code_id)
  if (about.action_attempt_id !== undefined) return ofAttempt(world, about.action_attempt_id)
  if (about.access_grant_id !== undefined)
    return explainAccessGrant(world, { access_grant_id: about.access_grant_id }).summary.slice(1)
  if (about.access_method_id !== undefined)
    return explainAccessMethod(world, about.access_method_id).summary.slice(1)
  return about.device_id === undefined ? [] : ofDevice(world, about.device_id)
}

/** What the codes that are not done wait for: where an event about some code is missing. */
export const unfinishedCodes = (world: World): string[] => {
  const open: string[] = []
  for (const { access_code_id, name, is_backup } of world.access_codes.all()) {
    if (is_backup || open.length === TOLD) continue
    const { status, summary } = explainAccessCode(world, access_code_id)
    if (status === 'set') continue
    open.push(
      `The access code ${name ?? access_code_id} is ${status}: ${summary.slice(2).join(' ')}`,
    )
  }
  return open
}
