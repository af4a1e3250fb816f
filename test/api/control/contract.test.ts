/** The contract of the control API: complete, described, and current. */
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { vocabularySource } from '../../../scripts/generate-vocabulary.ts'
import { controlEndpoints } from '../../../src/api/control/index.ts'
import { allEndpoints } from '../../../src/api/app.ts'
import { openapiDocument } from '../../../src/api/openapi.ts'
import { controlRoutes } from '../../../src/contract/index.ts'
import { isRecord } from '../../../src/lib/is-record.ts'

interface Described {
  description?: string
  properties?: Record<string, Described>
  items?: Described | boolean
  prefixItems?: Described[]
  anyOf?: Described[]
  oneOf?: Described[]
  $ref?: string
  [more: string]: unknown
}

const described: z.ZodType<Described> = z.looseObject({
  description: z.string().optional(),
  $ref: z.string().optional(),
  get properties() {
    return z.record(z.string(), described).optional()
  },
  get items() {
    return z.union([described, z.boolean()]).optional()
  },
  get prefixItems() {
    return z.array(described).optional()
  },
  get anyOf() {
    return z.array(described).optional()
  },
  get oneOf() {
    return z.array(described).optional()
  },
})

const below = ({ items, prefixItems = [], anyOf = [], oneOf = [] }: Described): Described[] =>
  [typeof items === 'object' ? items : [], prefixItems, anyOf, oneOf].flat()

/** The paths of fields that nothing is said of. */
const silent = (schema: Described, path: string): string[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const saysSomething = field.description !== undefined || field.$ref !== undefined
    const where = `${path}.${name}`
    return [...(saysSomething ? [] : [where]), ...silent(field, where)]
  }),
  ...below(schema).flatMap((part) => silent(part, path)),
]

const schemasOf = (
  schema: z.ZodType,
  io: 'input' | 'output',
  path: string,
): [string, Described][] => {
  const { $defs = {}, ...root } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return [
    [path, described.parse(root)],
    ...Object.entries($defs).map(([name, part]): [string, Described] => [
      name,
      described.parse(part),
    ]),
  ]
}

describe('the contract of the control API', () => {
  test('has every route that the server answers, and no other', () => {
    const methods = (routes: readonly { path: string; methods: readonly string[] }[]) =>
      routes.map((it) => `${it.path} ${it.methods.join(' ')}`).toSorted()
    expect(methods(controlEndpoints)).toEqual(methods(controlRoutes))
  })

  test('has every route that one of its files declares', async () => {
    const folder = new URL('../../../src/contract/', import.meta.url)
    const registered = new Set<unknown>(controlRoutes)
    const isRoute = (value: unknown): boolean =>
      isRecord(value) && typeof value['path'] === 'string' && 'result' in value
    const isMissing = (value: unknown): boolean =>
      isRoute(value)
        ? !registered.has(value)
        : isRecord(value) && Object.values(value).some((it) => isRoute(it) && !registered.has(it))
    const missing: string[] = []
    for (const file of globSync('*.ts', { cwd: folder })) {
      const made = z
        .record(z.string(), z.unknown())
        .parse({ ...(await import(new URL(file, folder).href)) })
      missing.push(...Object.keys(made).filter((name) => isMissing(made[name])))
    }
    expect(missing, missing.join(', ')).toEqual([])
  })

  test.each(controlRoutes.map((route) => [route.path, route] as const))(
    'says of every parameter and answer of %s what it is',
    (path, { params, result, summary }) => {
      expect(summary).toMatch(/\.$/)
      const all = [
        ...schemasOf(params(), 'input', `${path} takes `),
        ...schemasOf(z.object(result()), 'output', `${path} answers `),
      ]
      expect(all.flatMap(([where, schema]) => silent(schema, where))).toEqual([])
    },
  )

  test('knows the names that the simulated world knows', () => {
    const file = new URL('../../../src/contract/vocabulary.ts', import.meta.url)
    expect(readFileSync(file, 'utf8'), 'run: npm run generate').toBe(vocabularySource())
  })
})

test('the OpenAPI documents hold each object of Seam once', () => {
  for (const table of [allEndpoints.control, allEndpoints.api]) {
    const { paths, components } = openapiDocument('test', table)
    expect(JSON.stringify(paths)).not.toContain('"can_simulate_hub_disconnection":')
    expect(JSON.stringify(components.schemas)).toContain('"can_simulate_hub_disconnection":')
    // Each route costs what is its own, however many there are.
    expect(JSON.stringify(paths).length / Object.keys(paths).length).toBeLessThan(3_500)
    expect(JSON.stringify(components).length).toBeLessThan(500_000)
  }
  const { paths, components } = openapiDocument('test', allEndpoints.control)
  // 180,000 for 67 routes, when this was measured.
  expect(JSON.stringify(paths).length / Object.keys(paths).length).toBeLessThan(2_700)
  expect(Object.keys(components.schemas)).toEqual(
    expect.arrayContaining(['device', 'access_code', 'lock', 'fault', 'delivery', 'error']),
  )
})
