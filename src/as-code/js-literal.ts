/** Values as JavaScript. */
import { plainJson } from './printable.ts'

/** An expression for a text that is known under a name; undefined for any other. */
export type KnownAs = (text: string) => string | undefined

const unknownText: KnownAs = () => undefined

const text = (value: string): string => {
  const json = plainJson(value)
  if (value.includes("'")) return json
  return `'${json.slice(1, -1).replaceAll('\\"', '"')}'`
}

/** `__proto__: x` would set the prototype. */
const key = (name: string): string => {
  if (name === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : text(name)
}

/** JSON as one reads it in a program: keys without quotes, texts in single ones. */
export const jsLiteral = (value: unknown, knownAs: KnownAs = unknownText): string => {
  if (typeof value === 'string') return knownAs(value) ?? text(value)
  if (Array.isArray(value)) return `[${value.map((it) => jsLiteral(it, knownAs)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const pairs = Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    inner === undefined ? [] : [`${key(name)}: ${jsLiteral(inner, knownAs)}`],
  )
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
}
