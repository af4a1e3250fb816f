const parsed = (text: string): unknown => {
  // PINs with a leading zero, and long ids that are all digits, stay text.
  if (/^0\d+$/.test(text) || text.length > 15) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** `key=value` as a pair; a value that is JSON, such as `3` or `true`, is taken as such. */
export const keyValue = (pair: string): [string, unknown] => {
  const cut = pair.indexOf('=')
  if (cut < 1) throw new Error(`"${pair}" is not of the form key=value.`)
  return [pair.slice(0, cut), parsed(pair.slice(cut + 1))]
}
