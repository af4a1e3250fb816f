const known = new Set<string>()

/**
 * Whether `name` is an IANA zone such as `America/New_York`, or `UTC`. Abbreviations (`EST`) and
 * offsets (`GMT-5`) are not: Seam refuses them as ambiguous (Seam docs: configuring Ultraloq device
 * time zones), although Intl knows some.
 */
export const isValidTimeZone = (name: string): boolean => {
  if (known.has(name)) return true
  if (name !== 'UTC' && !/^[A-Za-z]+(\/[A-Za-z0-9_+-]+)+$/.test(name)) return false
  try {
    const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions()
    known.add(name)
    return timeZone !== ''
  } catch {
    return false
  }
}
