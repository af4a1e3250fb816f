/** What whoever records an event must say of it, by its type. */
import type { EventCatalog, EventType } from './catalog.ts'
import type { FieldTypes } from './fields.ts'

/** What is filled in when an event is recorded, from the device and the account that it is about. */
type FilledIn = 'connected_account_custom_metadata' | 'device_custom_metadata' | 'customer_key'

/** The account of a device's event is the device's own. */
type FilledInFor<F> =
  Extract<keyof F, 'device_id' | 'device_id?'> extends never
    ? FilledIn
    : FilledIn | 'connected_account_id'

type Given<F> = {
  [
    K in keyof F as K extends `${string}?` | FilledInFor<F> ? never : K
  ]: F[K] extends keyof FieldTypes ? FieldTypes[F[K]] : never
}

type Optional<F> = {
  [
    K in keyof F as K extends `${infer Name}?` ? Exclude<Name, FilledInFor<F>> : never
  ]?: F[K] extends keyof FieldTypes ? FieldTypes[F[K]] : never
}

/** What happens at a door without a device must name its account. */
type Account<F> = 'device_id?' extends keyof F ? { connected_account_id?: string } : unknown

/** What newer versions of Seam's document have besides; docs/api-version.md. */
interface Newer {
  'device.low_battery': { battery_source?: 'lock' | 'accessory_keypad' }
}

type ToldOf = {
  [T in EventType]: Given<EventCatalog[T]> &
    Optional<EventCatalog[T]> &
    Account<EventCatalog[T]> &
    (T extends keyof Newer ? Newer[T] : unknown)
}

/**
 * What whoever records an event of this type must say: all that it carries but what is filled in.
 * Where the type is one of several, it must fit all of them.
 */
export type Told<T extends EventType> = {
  [K in T]: (told: ToldOf[K]) => void
}[T] extends (told: infer All) => void
  ? All
  : never
