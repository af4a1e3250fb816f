import { shortened } from '../../db/tables/event-body.ts'
import { noteHistory } from '../history/forget.ts'
import { isAtLeast } from '../kernel/settings.ts'
import type { World } from '../kernel/world.ts'
import { eventCatalog } from './catalog.ts'
import type { EventType } from './catalog.ts'
import type { Fields } from './fields.ts'
import { addDelivery, firstDelivery } from './outbox.ts'
import { nextStamp } from './stamps.ts'
import type { Told } from './told.ts'

/** Of its other texts, about: its type and three ids. */
const USUAL_BYTES = 140

/** What an event says, before its type is looked at. */
type Anything = Readonly<Record<string, unknown>>

const idIn = (told: Anything, name: string): string | null => {
  const id = told[name]
  return typeof id === 'string' ? id : null
}

const accountOf = (world: World, connected_account_id: string | null) =>
  connected_account_id === null ? undefined : world.connected_accounts.get(connected_account_id)

/** The method whose code or credential it is; null: nobody's. */
const methodIdOf = (world: World, told: Anything): string | null => {
  const access_code_id = idIn(told, 'access_code_id')
  if (access_code_id !== null)
    return world.access_codes.get(access_code_id)?.access_method_id ?? null
  const acs_credential_id = idIn(told, 'acs_credential_id')
  if (acs_credential_id === null) return null
  return world.acs_credentials.get(acs_credential_id)?.access_method_id ?? null
}

/** The grant and the method that an event is about: itself, or by its access code or credential. */
const grantOf = (world: World, told: Anything) => {
  const ids = told['access_grant_ids']
  const grants: unknown[] = Array.isArray(ids) ? ids : []
  const access_method_id = idIn(told, 'access_method_id') ?? methodIdOf(world, told)
  const method = access_method_id === null ? undefined : world.access_methods.get(access_method_id)
  const [first] = grants
  return {
    access_method_id,
    access_grant_id:
      idIn(told, 'access_grant_id') ??
      (typeof first === 'string' ? first : (method?.access_grant_id ?? null)),
  }
}

/** Fields that an event carries of what it is about, without being told. */
const filledFields = [
  'connected_account_id',
  'connected_account_custom_metadata',
  'device_custom_metadata',
  'user_identity_id',
  'customer_key',
] as const

type FilledField = (typeof filledFields)[number]

const listFilled = (event_type: EventType): ReadonlySet<FilledField> => {
  const fields: Fields = eventCatalog[event_type]
  return new Set(filledFields.filter((name) => name in fields || `${name}?` in fields))
}

const filled = new Map<EventType, ReadonlySet<FilledField>>()

/** Those of a type; found once, since every event asks. */
const filledOf = (event_type: EventType): ReadonlySet<FilledField> => {
  const known = filled.get(event_type)
  if (known !== undefined) return known
  const found = listFilled(event_type)
  filled.set(event_type, found)
  return found
}

/** Adds what an event carries of the device and the account that it is about, as far as its type has it. */
const fillIn = (
  world: World,
  event_type: EventType,
  body: Record<string, unknown>,
  access_grant_id: string | null,
): void => {
  const has = filledOf(event_type)
  const device_id = idIn(body, 'device_id')
  const device = device_id === null ? undefined : world.devices.get(device_id)
  const connected_account_id =
    idIn(body, 'connected_account_id') ?? device?.connected_account_id ?? null
  const account = accountOf(world, connected_account_id)
  if (connected_account_id !== null && has.has('connected_account_id'))
    body['connected_account_id'] = connected_account_id
  if (account !== undefined && has.has('connected_account_custom_metadata'))
    body['connected_account_custom_metadata'] = account.custom_metadata
  if (device !== undefined && has.has('device_custom_metadata'))
    body['device_custom_metadata'] = device.custom_metadata
  const isOfGrant = access_grant_id !== null && has.has('user_identity_id')
  const grant = isOfGrant ? world.access_grants.get(access_grant_id) : undefined
  if (grant !== undefined) body['user_identity_id'] = grant.user_identity_id
  if (!has.has('customer_key')) return
  const person = grant === undefined ? undefined : world.user_identities.get(grant.user_identity_id)
  const customer_key = device?.customer_key ?? account?.customer_key ?? person?.customer_key ?? null
  if (customer_key !== null) body['customer_key'] = customer_key
}

/** Adds what events carry in newer versions of Seam's document besides. */
const addNewerFields = (
  { settings, locks }: World,
  event_type: EventType,
  body: Record<string, unknown>,
): void => {
  if (event_type !== 'device.low_battery' || !isAtLeast(settings, '1.1038')) return
  // A noise sensor has batteries as well, and there is no word for them.
  const isLock = locks.get(idIn(body, 'device_id') ?? '') !== undefined
  if (isLock) body['battery_source'] ??= 'lock'
}

const announceToWebhooks = (world: World, event_id: string, event_type: EventType): void => {
  for (const webhook of world.webhooksInUse()) {
    if (!webhook.event_types.includes('*') && !webhook.event_types.includes(event_type)) continue
    const { webhook_id } = webhook
    const message_id = `msg_${event_id.replaceAll('-', '')}${webhook_id.slice(0, 4)}`
    addDelivery(world, firstDelivery(world, { webhook_id, event_id, message_id }))
  }
}

/**
 * Records an event and puts one delivery per interested webhook in the outbox, in
 * the running transaction. The only place that makes events.
 *
 * A device's event carries the device's and its account's custom metadata.
 *
 * @param told what it carries beside that, as it goes over the wire.
 * @param occurred_at when it happened, if Seam hears of it later than that.
 */
export function recordEvent<T extends EventType>(
  world: World,
  event_type: T,
  told: Told<T>,
  occurred_at?: number,
): string
export function recordEvent(
  world: World,
  event_type: EventType,
  told: Anything,
  occurred_at?: number,
): string {
  return replayEvent(world, event_type, told, occurred_at)
}

/** The same for what was told before and kept since, when its type was known. */
export const replayEvent = (
  world: World,
  event_type: EventType,
  told: Anything,
  happened_at?: number,
): string => {
  const event_id = world.random.uuid('event')
  const stamp = nextStamp(world)
  const occurred_at = happened_at ?? stamp
  const carried: Record<string, unknown> = { ...told }
  const ofGrant = grantOf(world, told)
  fillIn(world, event_type, carried, ofGrant.access_grant_id)
  addNewerFields(world, event_type, carried)
  const device_id = idIn(told, 'device_id')
  const access_code_id = idIn(told, 'access_code_id')
  world.recorded.push({ event_id, event_type, occurred_at, device_id, access_code_id })
  const event = {
    event_id,
    event_type,
    created_at: stamp,
    ahead: stamp === world.now ? null : stamp - world.now,
    occurred_at,
    device_id,
    access_code_id,
    ...ofGrant,
    connected_account_id: idIn(carried, 'connected_account_id'),
    connect_webview_id: idIn(told, 'connect_webview_id'),
    declared: null,
  }
  const body = shortened(event, carried)
  world.events.insert({ ...event, body })
  noteHistory(world, 'events', body.length + USUAL_BYTES)
  announceToWebhooks(world, event_id, event_type)
  return event_id
}
