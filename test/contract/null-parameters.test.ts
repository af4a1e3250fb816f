/** Which parameters may be null is Seam's document's to say, for every route and every depth. */
import { expect, test } from 'vitest'
import { endpoints } from '../../src/api/seam/index.ts'
import { paramsOf } from '../support/routes/inputs.ts'
import { resolved, seamDocument } from '../support/seam-document.ts'
import type { SeamSchema } from '../support/seam-document.ts'

/** Taken as absent all the same: code in the wild sends them so, and is answered (a public report). */
const takenAllTheSame = [
  '/connect_webviews/create custom_redirect_failure_url',
  '/connect_webviews/create custom_redirect_url',
]

const isNullable = (schema: SeamSchema): boolean =>
  schema.nullable === true ||
  resolved(schema).nullable === true ||
  (schema.anyOf ?? schema.oneOf ?? []).some(isNullable)

/** The paths of all fields within an object, with whether they may be null. */
const nullables = (
  properties: Readonly<Record<string, SeamSchema>>,
  above = '',
): Map<string, boolean> =>
  new Map(
    Object.entries(properties).flatMap(([name, given]) => {
      const schema = resolved(given)
      const path = `${above}${name}`
      const inner = nullables(schema.properties ?? {}, `${path}.`)
      const items = nullables(resolved(schema.items ?? {}).properties ?? {}, `${path}[].`)
      return [[path, isNullable(given)], ...inner, ...items]
    }),
  )

const theirs = (path: string): Map<string, boolean> => {
  const body = seamDocument.paths[path]?.['post']?.requestBody?.content['application/json'].schema
  const schema = resolved(body ?? {})
  const variants = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(resolved)
  const found = new Map<string, boolean>()
  for (const { properties } of variants) {
    for (const [name, may] of nullables(properties ?? {}))
      found.set(name, may || found.get(name) === true)
  }
  return found
}

test('a parameter takes null where the document of Seam says so, and nowhere else', () => {
  let compared = 0
  const different = endpoints.flatMap((endpoint) => {
    const said = theirs(endpoint.path)
    return [...nullables(paramsOf(endpoint).properties)].flatMap(([name, may]) => {
      const should = said.get(name)
      if (should !== undefined) compared++
      return should === undefined || should === may ? [] : [`${endpoint.path} ${name}`]
    })
  })
  expect(different).toEqual(takenAllTheSame)
  expect(compared).toBeGreaterThan(500)
})
