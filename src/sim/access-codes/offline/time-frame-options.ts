/** The shapes of offline codes, as the device tells them to the API's users. */
import type { OfflineCodeKind, OfflineCodes } from '../../locks/profile.ts'

/** One entry of `device.properties.offline_time_frame_options`. */
export interface TimeFrameOption {
  display_name: string
  min_duration?: string
  max_duration?: string
  matching_start_end_time?: true
  time_pairs?: { display_name: string; start_time: string; end_time: string }[]
  time_zone?: string
}

/**
 * `device.properties.offline_time_frame_options`. One-time codes are not a time frame: they are
 * asked for with `is_one_time_use`. No brand restricts online windows, so the property
 * `online_time_frame_options` stays away: absent means that any time frame works (OpenAPI).
 */
export function offlineTimeFrameOptions(
  rules: OfflineCodes,
  time_zone: string | null,
): TimeFrameOption[] {
  return rules.kinds
    .filter((kind) => kind.kind !== 'one_time')
    .map((kind) => ({
      display_name: kind.display_name,
      ...(kind.min_duration !== null && { min_duration: isoDuration(kind, kind.min_duration) }),
      ...(kind.max_duration !== null && { max_duration: isoDuration(kind, kind.max_duration) }),
      ...(kind.matching_start_end_time && { matching_start_end_time: true as const }),
      ...(kind.kind === 'time_slot' && {
        time_pairs: rules.predefined_time_slots.map((slot) => ({
          display_name: slot.name,
          start_time: slot.check_in_time,
          end_time: slot.check_out_time,
        })),
        ...(time_zone !== null && { time_zone }),
      }),
    }))
}

/** In days for kinds that count in days, else in hours: `P29D`, `PT672H`. */
export function isoDuration(kind: OfflineCodeKind, length: number): string {
  const inDays = kind.kind === 'daily' || kind.kind === 'time_slot'
  return inDays && length % day === 0 ? `P${length / day}D` : `PT${length / hour}H`
}

const hour = 3_600_000
const day = 24 * hour
