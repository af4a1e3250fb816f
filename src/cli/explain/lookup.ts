/** Which thing is meant by a text: an id or its beginning, a key, a PIN or a name. */
import { z } from 'zod'
import type { ControlClient } from '../../client/control-client.ts'
import { looseReader } from '../../client/ask.ts'
import { isEmulatorError } from '../../client/transport.ts'
import { seamAccessCode } from '../../contract/seam.ts'
import { nearest } from '../../lib/nearest.ts'
import { notFound } from '../failure.ts'

const codesAnswer = z.looseObject({ access_codes: z.array(looseReader(seamAccessCode())) })
const grantsAnswer = z.looseObject({
  access_grants: z.array(
    z.looseObject({
      access_grant_id: z.string(),
      access_grant_key: z.string().optional(),
      reservation_key: z.string().optional(),
      display_name: z.string(),
    }),
  ),
})
const methodsAnswer = z.looseObject({
  access_methods: z.array(
    z.looseObject({ access_method_id: z.string(), code: z.string().nullish() }),
  ),
})
const spacesAnswer = z.looseObject({
  spaces: z.array(
    z.looseObject({ space_id: z.string(), space_key: z.string().optional(), name: z.string() }),
  ),
})

export type Target =
  | { kind: 'access_code'; id: string }
  | { kind: 'access_grant'; id: string }
  | { kind: 'access_method'; id: string }
  | { kind: 'space'; id: string }
  | { kind: 'stay'; id: string }

/** Something that could be meant, with all that it answers to. */
interface Candidate {
  target: Target
  name: string
  /** In full. */
  words: readonly string[]
}

/** Everything in the workspace that can be explained. */
export const readAll = async (client: ControlClient) => {
  const [codes, grants, methods, spaces] = await Promise.all([
    client.call('/access_codes/list').then((it) => codesAnswer.parse(it)),
    client.call('/access_grants/list').then((it) => grantsAnswer.parse(it)),
    client.call('/access_methods/list').then((it) => methodsAnswer.parse(it)),
    client.call('/spaces/list').then((it) => spacesAnswer.parse(it)),
  ])
  return { ...codes, ...grants, ...methods, ...spaces }
}

type All = Awaited<ReturnType<typeof readAll>>

const codesOf = ({ access_codes }: All): Candidate[] =>
  access_codes.map(({ access_code_id, code, name }) => ({
    target: { kind: 'access_code', id: access_code_id },
    name: name ?? '–',
    words: [name ?? '', code ?? ''],
  }))

/** A grant stands before its codes, which are called like it; a stay before its grants. */
const levelsOf = (all: All): Candidate[][] => [
  all.access_grants.flatMap(({ reservation_key, display_name }) =>
    reservation_key === undefined
      ? []
      : [
          {
            target: { kind: 'stay', id: reservation_key },
            name: display_name,
            words: [reservation_key],
          } as const,
        ],
  ),
  all.access_grants.map(({ access_grant_id, access_grant_key, display_name }) => ({
    target: { kind: 'access_grant', id: access_grant_id },
    name: display_name,
    words: [access_grant_key ?? '', display_name],
  })),
  all.spaces.map(({ space_id, space_key, name }) => ({
    target: { kind: 'space', id: space_id },
    name,
    words: [space_key ?? '', name],
  })),
  // A PIN of several codes is that of their method.
  all.access_methods.map(({ access_method_id, code }) => ({
    target: { kind: 'access_method', id: access_method_id },
    name: code ?? '–',
    words: [code ?? ''],
  })),
  codesOf(all),
]

/** The same thing once, however often it was found. */
const distinct = (found: readonly Candidate[]): Candidate[] => [
  ...new Map(found.map((it) => [`${it.target.kind} ${it.target.id}`, it])).values(),
]

const isCalled = (text: string, { target, words }: Candidate): boolean =>
  words.includes(text) || (target.kind !== 'stay' && target.id.startsWith(text.toLowerCase()))

const isAbout = (text: string, { words }: Candidate): boolean =>
  words.some((word) => word.toLowerCase().includes(text.toLowerCase()))

const isStay = async (client: ControlClient, stay_key: string): Promise<boolean> => {
  try {
    await client.stays.explain({ stay_key })
    return true
  } catch (error) {
    if (isEmulatorError(error) && error.type === 'stay_not_found') return false
    throw error
  }
}

const nothing = (text: string, all: All): Error => {
  const names = [
    ...all.access_codes.flatMap(({ name }) => name ?? []),
    ...all.access_grants.map(({ display_name }) => display_name),
    ...all.spaces.map(({ name }) => name),
  ]
  const near = nearest(text, names)
  const known = [...new Set(names)].slice(0, 20).join(', ') || 'none'
  return notFound(
    `There is no access grant, no stay, no space and no access code "${text}".${near === undefined ? '' : ` Did you mean "${near}"?`} There are: ${known}.`,
  )
}

/** What the text means. @throws when it means nothing, or several things */
export const targetOf = async (client: ControlClient, text: string): Promise<Target> => {
  const all = await readAll(client)
  const levels = levelsOf(all)
  const found = [isCalled, isAbout].flatMap((means) =>
    levels.map((level) => distinct(level.filter((it) => means(text, it)))),
  )
  const exact = found.slice(0, levels.length)
  const one = exact.find((it) => it.length > 0)
  if (one === undefined && (await isStay(client, text))) return { kind: 'stay', id: text }
  const matches = one ?? found.find((it) => it.length > 0) ?? []
  const [first, another] = matches
  if (first === undefined) {
    // An id that is not in the lists may still be one of something unmanaged or gone.
    if (/^[0-9a-f]{8}-/i.test(text)) return goneTarget(client, text)
    throw nothing(text, all)
  }
  if (another === undefined) return first.target
  throw new Error(
    `"${text}" could be ${matches.map(({ name, target }) => `${name} (${target.id})`).join(' or ')}.`,
  )
}

/** A grant that is gone is told of by its events, as a code is. */
const goneTarget = async (client: ControlClient, id: string): Promise<Target> => {
  try {
    await client.accessGrants.explain({ access_grant_id: id })
    return { kind: 'access_grant', id }
  } catch (error) {
    if (isEmulatorError(error)) return { kind: 'access_code', id }
    throw error
  }
}
