/** Which locks hold a code whose time is now: their LED is green. */
import type { CodeColumns } from './types.ts'

interface Held {
  device_id: string
  from: number
  to: number
}

/** The codes that stand in a slot, with their windows in ms. */
export const heldCodes = (codes: CodeColumns): Held[] =>
  codes.access_code_id.flatMap((_, at) => {
    const device_id = codes.device_id[at]
    if (device_id === undefined || codes.slot[at] === null) return []
    const [from, to] = [codes.starts_at[at] ?? null, codes.ends_at[at] ?? null]
    return {
      device_id,
      from: from === null ? Number.NEGATIVE_INFINITY : Date.parse(from),
      to: to === null ? Number.POSITIVE_INFINITY : Date.parse(to),
    }
  })

export const locksWithCode = (held: readonly Held[], now: number): Set<string> =>
  new Set(held.filter(({ from, to }) => from <= now && now < to).map((it) => it.device_id))
