/** Seam's document shows each object once, by a name; ours shows the same ones so. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import { allEndpoints } from '../../../src/api/app.ts'
import { openapiDocument } from '../../../src/api/openapi.ts'
import { seamDocument } from '../../support/seam-document.ts'

const operations = z.record(
  z.string(),
  z.object({
    responses: z.object({
      '200': z.object({
        content: z.object({ 'application/json': z.object({ schema: z.unknown() }) }),
      }),
    }),
  }),
)

const reference = z.looseObject({ $ref: z.string().optional() })
const answerSchema = z.looseObject({
  properties: z.record(z.string(), reference.extend({ items: reference.optional() })).default({}),
})

/** The keys of an answer under which an object stands by its name, alone or in a list. */
const namedKeys = (schema: unknown): string[] =>
  Object.entries(answerSchema.parse(schema ?? {}).properties).flatMap(([key, value]) =>
    (value.$ref ?? value.items?.$ref) === undefined ? [] : [key],
  )

/** Of these the emulator has nothing yet: its lists of them are empty. */
const notYet = /^acs_/

const { paths } = openapiDocument('test', allEndpoints.api)

test.each(Object.entries(paths))('%s shows by name what Seam shows by name', (path, methods) => {
  const [operation] = Object.values(operations.parse(methods))
  const ours = namedKeys(operation?.responses['200'].content['application/json'].schema)
  const [documented] = Object.values(seamDocument.paths[path] ?? {})
  const theirs = namedKeys(documented?.responses['200']?.content?.['application/json'].schema)
  for (const key of theirs) if (!notYet.test(key)) expect(ours, `${path} ${key}`).toContain(key)
})
