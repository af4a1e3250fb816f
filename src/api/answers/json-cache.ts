/** Text of objects that are answered again and again: what did not change is not serialised anew. */

const texts = new WeakMap<object, string | null>()

/** Says that an object will not change, so that its text may be kept as long as it lives. */
export const keepText = <T extends object>(value: T): T => {
  texts.set(value, null)
  return value
}

const textOf = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const known = texts.get(value)
  if (typeof known === 'string') return known
  const text = JSON.stringify(value)
  if (known === null) texts.set(value, text)
  return text
}

const isKept = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && texts.has(value)

const bodies = new WeakMap<object, Uint8Array<ArrayBuffer>>()

/** The body of a successful answer. The parts of the result, or the whole of it, may be kept. */
export const bodyOf = (result: object): string | Uint8Array<ArrayBuffer> => {
  if (!texts.has(result)) return envelopeText(result)
  let body = bodies.get(result)
  if (body === undefined) {
    // As bytes, which a socket takes as they are.
    body = new TextEncoder().encode(envelopeText(result))
    bodies.set(result, body)
  }
  return body
}

const partOf = (value: unknown): string | undefined =>
  Array.isArray(value) && isKept(value[0])
    ? `[${value.map((member) => textOf(member) ?? 'null').join(',')}]`
    : textOf(value)

/** The same as `JSON.stringify({ ...result, ok: true })`. */
const envelopeText = (result: object): string => {
  let text = ''
  // Several lists are answered under two keys.
  let last: { value: unknown; part: string | undefined } | null = null
  for (const [key, value] of Object.entries({ ...result, ok: true })) {
    const part: string | undefined =
      last !== null && last.value === value ? last.part : partOf(value)
    last = { value, part }
    if (part !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${part}`
  }
  return `{${text}}`
}
