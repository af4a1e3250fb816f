/** Instants in fields: `datetime-local` has no zone, so it is the browser's own. */

const two = (n: number): string => String(n).padStart(2, '0')

/** For the value of a `datetime-local` field; to the minute. */
export const toField = (at: number): string => {
  const date = new Date(at)
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** What such a field holds, as the wire has it; null for none. */
export const fromField = (value: string): string | null => {
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
