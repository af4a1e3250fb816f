/** Brings snapshots of older versions to the present format. Whether they are valid is asked afterwards. */
import { isRecord } from '../lib/is-record.ts'

/**
 * The format that is written. It goes up when a table changes in a way that older snapshots do not
 * fit; a table or a nullable column that is new needs no other version.
 */
export const VERSION = 2

type Json = Readonly<Record<string, unknown>>

/** Up to version 1 these stood among what all devices have. */
const ofLocks = [
  'profile_overrides',
  'bank_full_since',
  'backup_pool_enabled_at',
  'reported_code_lengths',
  'subscription_expired_at',
  'third_party_at',
  'privacy_mode_at',
]

const pick = (row: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)))

const omit = (row: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))

const rowsById = (rows: readonly unknown[]): Map<unknown, Json> =>
  new Map(rows.filter(isRecord).map((row) => [row['device_id'], row]))

/** A lock that no account has says itself what it is otherwise than its model, and about its radio. */
const abandonedOf = ({ abandoned, radio_offline_at }: Json): unknown =>
  isRecord(abandoned)
    ? { ...omit(abandoned, ['profile_overrides']), radio_offline_at: radio_offline_at ?? null }
    : abandoned

const lockApart = (lock: Json, device: Json | undefined): Json => {
  const { abandoned } = lock
  return {
    ...omit(lock, ['radio_offline_at']),
    ...(device === undefined ? {} : pick(device, ofLocks)),
    ...(isRecord(abandoned) && pick(abandoned, ['profile_overrides'])),
    abandoned: abandonedOf(lock),
  }
}

const mapRows = (rows: readonly unknown[], change: (row: Json) => Json): unknown[] =>
  rows.map((row) => (isRecord(row) ? change(row) : row))

/** What only locks have goes to them, and the radio, which any device may have, to the devices. */
const locksApart = (snapshot: Json): Json => {
  const { tables } = snapshot
  if (!isRecord(tables)) return snapshot
  const { devices, locks } = tables
  if (!Array.isArray(devices) || !Array.isArray(locks)) return snapshot
  const deviceOf = rowsById(devices)
  const lockOf = rowsById(locks)
  return {
    ...snapshot,
    tables: {
      ...tables,
      devices: mapRows(devices, (device) => ({
        ...omit(device, ofLocks),
        ...pick(lockOf.get(device['device_id']) ?? {}, ['radio_offline_at']),
      })),
      locks: mapRows(locks, (lock) => lockApart(lock, deviceOf.get(lock['device_id']))),
    },
  }
}

/** By the version that a step begins with. */
const steps: Readonly<Record<number, (snapshot: Json) => Json>> = {
  1: locksApart,
}

/** The snapshot in the present format; as it is where it claims no version that is known. */
export const upgradeSnapshot = (value: unknown): unknown => {
  if (!isRecord(value)) return value
  const { version } = value
  const step = typeof version === 'number' ? steps[version] : undefined
  if (step === undefined) return value
  return upgradeSnapshot({ ...step(value), version: Number(version) + 1 })
}
