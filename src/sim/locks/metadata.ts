/** Fills a profile's `<provider>_metadata` block with what is known about one lock. */
import type { LockProfile } from './profile.ts'

/** What a placeholder can stand for; `undefined` drops the field, as the provider would. */
export interface MetadataFacts {
  /** The provider's own id of the lock, as text, as a number, and as that number in text. */
  lock_id: string
  lock_number: number
  lock_number_text: string
  name: string
  serial: string
  online: boolean
  locked_words: 'locked' | 'unlocked'
  battery_words: string
  has_keypad: boolean
  keypad_id: string | undefined
  keypad_number: number | undefined
  keypad_battery_words: string | undefined
  keypad_battery_critical: boolean | undefined
  has_bridge: boolean
  bridge_id: string | undefined
  bridge_number: number | undefined
  bridge_name: string | undefined
  location_id: string
  location_number: number
  location_name: string
  /** IANA name; null while nobody has told it. */
  time_zone: string | null
  /** The zone's offset from UTC at this instant, in ms; null while the zone is unknown. */
  time_zone_offset: number | null
}

export type MetadataPlaceholder = keyof MetadataFacts

const offset: MetadataPlaceholder = 'time_zone_offset'
const offsetShown = new WeakMap<object, boolean>()

/**
 * Whether the block tells the zone's offset: few do, and the first offset that a process asks for
 * takes 13 ms and 9 MB, as the runtime reads its tables.
 */
export const showsOffset = ({ metadata }: Pick<LockProfile, 'metadata'>): boolean => {
  if (metadata === null) return false
  let shown = offsetShown.get(metadata)
  if (shown === undefined) {
    shown = JSON.stringify(metadata.fields).includes(`{{${offset}`)
    offsetShown.set(metadata, shown)
  }
  return shown
}

const isPlaceholder = (facts: MetadataFacts, name: string): name is MetadataPlaceholder =>
  Object.hasOwn(facts, name)

const whole = /^\{\{(\w+)(\??)\}\}$/
const part = /\{\{(\w+)\}\}/g

/**
 * The property to put into `device.properties`, or null for a brand without one. A string that is
 * nothing but a placeholder takes the fact's own type; inside a longer string the fact is written
 * out. With a question mark, `{{time_zone?}}`, an unknown (null) fact drops the field as well.
 * Throws on a placeholder that does not exist: that is a slip in the profile.
 */
export function metadataBlock(
  profile: Pick<LockProfile, 'model' | 'metadata'>,
  facts: MetadataFacts,
): { key: string; fields: Record<string, unknown> } | null {
  if (profile.metadata === null) return null
  const fact = (name: string): MetadataFacts[MetadataPlaceholder] => {
    if (!isPlaceholder(facts, name)) {
      throw new Error(`Lock profile "${profile.model}": unknown metadata placeholder {{${name}}}`)
    }
    return facts[name]
  }
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const [, name, optional] = whole.exec(value) ?? []
      if (name !== undefined) {
        const known = fact(name)
        return known === null && optional === '?' ? undefined : known
      }
      return value.replace(part, (_, inner: string) => String(fact(inner) ?? ''))
    }
    if (Array.isArray(value)) return value.map(fill).filter((item) => item !== undefined)
    if (typeof value === 'object' && value !== null) return fillFields(value)
    return value
  }
  const fillFields = (fields: object): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(fields)
        .map(([field, value]: [string, unknown]) => [field, fill(value)] as const)
        .filter(([, value]) => value !== undefined),
    )
  return { key: profile.metadata.key, fields: fillFields(profile.metadata.fields) }
}
