/**
 * A part of a fixture: one list of things of one kind. Each resource that worlds have says in its
 * `fixture.ts` what its list is called, how a thing is described, what it refers to, and how it is
 * made; `sim/workspaces/fixture-parts.ts` names them all.
 */
import { z } from 'zod'
import type { TableName } from '../../db/tables/index.ts'
import { isRecord } from '../../lib/is-record.ts'
import { nearest } from '../../lib/nearest.ts'
import { once } from '../../lib/once.ts'
import { domainError, isDomainError } from './errors.ts'
import type { World } from './world.ts'

/** What is wrong with a fixture, and where. */
export interface Problem {
  path: (string | number)[]
  message: string
}

/** Where a thing stands in its world. */
export interface Place<Item> {
  index: number
  /** All things of its list. */
  list: readonly Item[]
}

/** A field that names a thing of another list, or several of them. */
export interface Reference<Item> {
  field: keyof Item & string
  /** The list that it leads to; `locks` are the devices with a model. */
  to: TableName | (() => readonly string[])
  /** The field of that thing by which it is named; its first unique one when not given. */
  by?: string
  /** What is there, as messages call it. */
  noun: string
}

/** What a resource says of its list. @typeParam List its name, which is its table's too */
export interface PartDefinition<List extends TableName, Item extends z.ZodType> {
  list: List
  /** One sentence for whoever reads the schema. */
  description: string
  item: () => Item
  /** Fields that no two things of the list share; the first is what others refer to it by. */
  unique?: readonly (keyof z.output<Item> & string)[]
  /** Under which further names some of its things are referred to. */
  also?: Partial<Record<TableName, (item: z.output<Item>) => boolean>>
  references?: readonly Reference<z.output<Item>>[]
  /** What its shape, ids and references do not say; paths begin within the thing. */
  problems?: (item: z.output<Item>, place: Place<z.output<Item>>) => Problem[]
  /** Makes the thing; no event is recorded for what was there from the beginning. */
  apply: (world: World, item: z.output<Item>, place: Place<z.output<Item>>) => void
}

type Lists<List extends string, Item> = Readonly<Record<List, readonly Item[]>>

/** The ids of the things that are referred to by a name; what else they are known by, where it is given. */
export type IdsOf = (name: TableName, by?: string) => readonly string[]

/** A list of a fixture, as the registry of parts has it. */
export interface FixturePart<
  List extends TableName = TableName,
  Item extends z.ZodType = z.ZodType,
> {
  list: List
  schema: () => z.ZodDefault<z.ZodArray<Item>>
  /** The lists that its references lead to. */
  leadsTo: readonly TableName[]
  /** Its things that are referred to by this name. */
  idsIn(fixture: Lists<List, z.output<Item>>, name: TableName, by?: string): string[]
  problemsIn(fixture: Lists<List, z.output<Item>>, idsOf: IdsOf): Problem[]
  /** @throws invalid_fixture with the path of the field at fault */
  applyTo(world: World, fixture: Lists<List, z.output<Item>> & { name: string }): void
}

const isText = (value: unknown): value is string => typeof value === 'string'

const suggestion = (given: string, known: readonly string[]): string => {
  const near = nearest(given, known)
  if (near !== undefined) return `did you mean "${near}"?`
  return known.length === 0 ? 'there are none' : `there are ${known.join(', ')}`
}

const problemsOfReference = <Item>(
  { field, to, by, noun }: Reference<Item>,
  item: Item,
  idsOf: IdsOf,
): Problem[] => {
  const value: unknown = item[field]
  const given: (Problem & { id: string })[] = isText(value)
    ? [{ path: [field], message: '', id: value }]
    : Array.isArray(value)
      ? value.filter(isText).map((id, nth) => ({ path: [field, nth], message: '', id }))
      : []
  const known = typeof to === 'function' ? to() : idsOf(to, by)
  return given
    .filter(({ id }) => !known.includes(id))
    .map(({ id, path }) => ({
      path,
      message: `There is no ${noun} "${id}": ${suggestion(id, known)}`,
    }))
}

const duplicates = <Item>(list: string, field: keyof Item & string, items: readonly Item[]) => {
  const first = new Map<unknown, number>()
  return items.flatMap((item, index): Problem[] => {
    const value = item[field]
    if (value === undefined) return []
    const before = first.get(value)
    if (before === undefined) {
      first.set(value, index)
      return []
    }
    const message = `"${String(value)}" is already the ${field} of ${list}.${before}`
    return [{ path: [list, index, field], message }]
  })
}

/** Runs it; what the world refuses is told as a fault of the fixture. */
const inFixture = (name: string, list: string, index: number, run: () => void): void => {
  try {
    run()
  } catch (error) {
    if (!isDomainError(error) || error.type === 'invalid_fixture') throw error
    const { param, message } = error
    const path = `${list}.${index}${param === undefined ? '' : `.${param}`}`
    throw domainError('invalid_fixture', `The fixture ${name} at ${path}: ${message}`)
  }
}

/** A list of a fixture, from what its resource says of it. */
export const fixturePart = <const List extends TableName, Item extends z.ZodType>(
  definition: PartDefinition<List, Item>,
): FixturePart<List, Item> => {
  const { list, description, item, unique = [], also = {}, references = [] } = definition
  const [id] = unique
  return {
    list,
    schema: once(() => z.array(item()).default([]).describe(description)),
    leadsTo: references.flatMap(({ to }) => (typeof to === 'function' ? [] : [to])),
    idsIn: (fixture, name, by = id) => {
      const isCalledSo = name === list ? () => true : also[name]
      if (by === undefined || isCalledSo === undefined) return []
      return fixture[list]
        .filter(isCalledSo)
        .map((it): unknown => (isRecord(it) ? it[by] : undefined))
        .filter(isText)
    },
    problemsIn: (fixture, idsOf) => {
      const items = fixture[list]
      return [
        ...unique.flatMap((field) => duplicates(list, field, items)),
        ...items.flatMap((it, index) =>
          [
            ...references.flatMap((reference) => problemsOfReference(reference, it, idsOf)),
            ...(definition.problems?.(it, { index, list: items }) ?? []),
          ].map(({ path, message }) => ({ path: [list, index, ...path], message })),
        ),
      ]
    },
    applyTo: (world, fixture) => {
      const items = fixture[list]
      for (const [index, it] of items.entries()) {
        inFixture(fixture.name, list, index, () =>
          definition.apply(world, it, { index, list: items }),
        )
      }
    },
  }
}

/** The id of a thing; outside worlds with `loose_ids` it should be a UUID. */
export const fixtureId = (description: string) => z.string().min(1).max(200).describe(description)

/** Custom metadata as Seam takes it: keys of 40 and texts of 500 characters at most. */
export const fixtureMetadata = () =>
  z
    .record(z.string().max(40), z.union([z.string().max(500), z.boolean()]))
    .default({})
    .describe('Its custom metadata.')

/** A text of the size of names. */
export const fixtureText = (description: string) => z.string().max(2_000).describe(description)
