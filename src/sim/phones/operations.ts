/** Phones of people. Only simulated ones: a real phone registers itself by Seam's own app. */
import { is } from '../../db/conditions.ts'
import { phones } from '../../db/tables/phones.ts'
import type { Phone } from '../../db/tables/phones.ts'
import { requireSandbox } from '../connected-accounts/operations.ts'
import { recordEvent } from '../events/record.ts'
import { notFound } from '../kernel/errors.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { personMergedWith, requireLivingIdentity } from '../user-identities/rows.ts'

const ofIdentity = is(phones.user_identity_id)

export interface NewPhone {
  user_identity_id: string
  operating_system: 'android' | 'ios'
  device_model: string
  made_with: Record<string, unknown>
}

/** @throws phone_not_found */
export const requirePhone = (world: World, device_id: string): Phone => {
  const phone = world.phones.get(device_id)
  if (phone === undefined) throw notFound('phone', { device_id })
  return phone
}

/** Registers a phone of a person. @throws user_identity_not_found */
const addPhone = (world: World, input: NewPhone): Phone => {
  const { user_identity_id } = requireLivingIdentity(world, input.user_identity_id)
  const device_id = world.random.uuid('phone')
  world.phones.insert({
    device_id,
    user_identity_id,
    device_type: input.operating_system === 'ios' ? 'ios_phone' : 'android_phone',
    display_name: input.device_model,
    custom_metadata: {},
    made_with: input.made_with,
    created_at: world.now,
  })
  react(world, 'phone_added', device_id)
  return requirePhone(world, device_id)
}

/** @throws workspace_not_sandbox, user_identity_not_found */
export const createSandboxPhone = (world: World, input: NewPhone): Phone => {
  requireSandbox(world)
  return addPhone(world, input)
}

/** Whoever opens the link of a mobile key has it on a phone. Its kind is assumed: nobody says which. */
export const addPhoneOfLink = (
  world: World,
  key: { user_identity_id: string; instant_key_id: string },
): void => {
  const { user_identity_id, instant_key_id } = key
  addPhone(world, {
    user_identity_id,
    operating_system: 'android',
    device_model: 'Instant Key',
    made_with: { instant_key_id },
  })
}

/** The link is gone, and what it brought to phones with it. */
export const deactivatePhonesOfLink = (
  world: World,
  key: { user_identity_id: string; instant_key_id: string },
): void => {
  for (const { device_id, made_with } of phonesOf(world, key.user_identity_id))
    if (made_with['instant_key_id'] === key.instant_key_id) deactivatePhone(world, device_id)
}

export const phonesOf = (world: World, user_identity_id: string): Phone[] =>
  world.phones.all(ofIdentity(user_identity_id))

/** The phone is good for nothing any more, and gone. @throws phone_not_found */
export const deactivatePhone = (world: World, device_id: string): void => {
  requirePhone(world, device_id)
  recordEvent(world, 'phone.deactivated', { device_id })
  world.phones.delete(device_id)
  react(world, 'phone_lost', device_id)
}

export const deactivatePhonesOf = (world: World, user_identity_id: string): void => {
  for (const { device_id } of phonesOf(world, user_identity_id)) deactivatePhone(world, device_id)
}

/** A person was merged into another one, whose phones these are now. */
export const movePhonesOfMerged = (world: World, merged_id: string): void => {
  const { user_identity_id } = personMergedWith(world, merged_id)
  for (const { device_id } of phonesOf(world, merged_id))
    world.phones.update(device_id, { user_identity_id })
}
