/** `key=value` as the command line takes it, and the other way round. */
const parsed = (text: string): unknown => {
  // PINs with a leading zero, and long ids that are all digits, stay text.
  if (/^0\d+$/.test(text) || /^\d{16,}$/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** `key=value` as a pair; a value that is JSON, such as `3`, `true` or `{"a":1}`, is taken as such. */
export const keyValue = (pair: string): [string, unknown] => {
  const cut = pair.indexOf('=')
  if (cut < 1) throw new Error(`"${pair}" is not of the form key=value.`)
  return [pair.slice(0, cut), parsed(pair.slice(cut + 1))]
}

/**
 * The pair that `keyValue` reads as this key and value.
 *
 * @param json how JSON is written, for whoever needs more of it escaped
 */
export const asKeyValue = (
  key: string,
  value: unknown,
  json: (value: unknown) => string = JSON.stringify,
): string => {
  if (typeof value === 'string' && parsed(value) === value && json(value) === `"${value}"`)
    return `${key}=${value}`
  const text = json(value)
  // A whole number of so many digits would be taken for an id.
  return `${key}=${/^\d{16,}$/.test(text) ? `${text}.0` : text}`
}
