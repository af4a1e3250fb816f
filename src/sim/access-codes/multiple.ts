/** One PIN for several locks. */
import { requireDevice } from '../devices/rows.ts'
import { domainError, invalidInput, isDomainError, notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { generatePin, sharedPinRules } from './pins.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { createAccessCode, updateAccessCode } from './operations.ts'
import type { NewAccessCode } from './rows.ts'
import { pinRulesOf } from './checks/pin.ts'
import { requireManagedLock } from './checks/request.ts'
import { and, eq, isNull, where } from '../../db/conditions.ts'
import { access_codes } from '../../db/tables/access-codes.ts'

const linked = where(access_codes, ['common_code_key'], (c, its) =>
  and(
    eq(c.common_code_key, its.common_code_key),
    eq(c.is_managed, true),
    isNull(c.deletion_requested_at),
  ),
)

export interface NewAccessCodes extends Omit<NewAccessCode, 'device_id' | 'common_code_key'> {
  device_ids: readonly string[]
  behavior_when_code_cannot_be_shared?: 'throw' | 'create_random_code' | undefined
}

/** A PIN that every one of the locks takes; null when there is none. */
const sharedPin = (
  world: World,
  device_ids: readonly string[],
  preferred_code_length: number | undefined,
): string | null => {
  const rules = sharedPinRules(
    device_ids.map((device_id) => pinRulesOf(world, requireManagedLock(world, device_id))),
  )
  if (rules === null) return null
  const stream = world.random.stream('shared pin')
  const pin = generatePin(
    rules,
    () => stream.at(world.random.next('shared pin')),
    preferred_code_length,
  )
  return pin.ok ? pin.code : null
}

/** The key of codes that share a PIN, by what was drawn for it. */
export const commonKeyOf = (uuid: string): string => `auto_set_by_create_multiple_${uuid}`

/** Errors that mean that this lock cannot take this PIN, and another PIN might do. */
const isAboutThePin = (error: unknown): boolean =>
  isDomainError(error) && (error.type === 'duplicate_access_code' || error.param === 'code')

/**
 * Declares a code on each of several locks, with one PIN if they can share one. Call it
 * in one transaction: when it throws, nothing may stay. The linking key is for codes
 * whose PIN Seam chose (Seam docs, "Creating and updating multiple linked access codes").
 *
 * @throws access_code_cannot_be_shared and all that creating one code throws
 */
export const createMultipleAccessCodes = (world: World, input: NewAccessCodes): AccessCode[] => {
  const { device_ids, behavior_when_code_cannot_be_shared = 'throw', ...rest } = input
  if (device_ids.length === 0) throw invalidInput('device_ids', 'Name at least one device')
  if (new Set(device_ids).size < device_ids.length) {
    throw invalidInput('device_ids', 'Each device can be named only once')
  }
  for (const device_id of device_ids) requireDevice(world, device_id)
  const isRandomAllowed = behavior_when_code_cannot_be_shared === 'create_random_code'
  const isChosenHere = rest.code === undefined
  const pin = rest.code ?? sharedPin(world, device_ids, rest.preferred_code_length)
  if (pin === null && !isRandomAllowed) {
    throw domainError(
      'access_code_cannot_be_shared',
      'There is no PIN that all of these devices take. Set behavior_when_code_cannot_be_shared to create_random_code to get one PIN per device.',
      { data: { device_ids: [...device_ids] } },
    )
  }
  const common_code_key = isChosenHere
    ? commonKeyOf(world.random.uuid('common_code_key'))
    : undefined
  return device_ids.map((device_id) => {
    const own = { ...rest, device_id, common_code_key, code: undefined, has_own_pin: true }
    if (pin === null) return createAccessCode(world, own).access_code
    try {
      return createAccessCode(world, { ...own, code: pin }).access_code
    } catch (error) {
      if (!isRandomAllowed || !isAboutThePin(error)) throw error
      return createAccessCode(world, own).access_code
    }
  })
}

/**
 * Changes name or window of all codes with a common key.
 *
 * @throws access_code_not_found when no code has the key
 */
export const updateMultipleAccessCodes = (
  world: World,
  input: {
    common_code_key: string
    name?: string | undefined
    starts_at?: number | undefined
    ends_at?: number | undefined
  },
): void => {
  const { common_code_key, ...changes } = input
  const codes = world.access_codes.all(linked({ common_code_key }))
  if (codes.length === 0) throw notFound('access_code', { common_code_key })
  for (const { access_code_id } of codes) updateAccessCode(world, { access_code_id, ...changes })
}
