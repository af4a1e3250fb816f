/** The examples of the control API's contract, filled with what the calls before them answered. */
import { z } from 'zod'
import type { AnyRoute } from '../../src/contract/route.ts'

const any = z.record(z.string(), z.unknown())

/** `<a.b>` stands for what the calls before answered, `<endpoint>` for the emulator's URL. */
export const filled = (value: unknown, scope: Record<string, unknown>): unknown => {
  if (Array.isArray(value)) return value.map((it) => filled(it, scope))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, filled(it, scope)]))
  }
  if (typeof value !== 'string') return value
  const [, path] = /^<([\w.]+)>$/.exec(value) ?? []
  if (path === undefined) return value.replace('<endpoint>', String(scope['endpoint']))
  const found = path
    .split('.')
    .reduce<unknown>(
      (it, key) => any.parse(Array.isArray(it) ? Object.fromEntries(it.entries()) : it)[key],
      scope,
    )
  if (found === undefined) throw new Error(`Nothing stands for ${value}`)
  return found
}

/**
 * Makes the calls that a route's example needs first.
 *
 * @param call one POST, that answers the body
 * @returns the example's body
 */
export const prepared = async (
  { example, after }: AnyRoute,
  endpoint: string,
  call: (path: string, body: Record<string, unknown>) => Promise<object>,
): Promise<Record<string, unknown>> => {
  let scope: Record<string, unknown> = { endpoint }
  for (const earlier of after?.() ?? []) {
    const answer = await call(earlier.path, any.parse(filled(earlier.body, scope)))
    scope = { ...scope, ...answer }
  }
  return any.parse(filled(example?.() ?? {}, scope))
}
