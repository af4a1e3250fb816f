// What a newer document of Seam's says that the older one does not, and whether the emulator has it.
import { kinds } from './facts.ts'
import type { Fact } from './facts.ts'

export interface Difference {
  readonly what: 'new' | 'gone' | 'changed'
  readonly fact: Fact
  /** What it was, where it is changed. */
  readonly was: string
  /** Whether the emulator's own document has it. */
  readonly is_here: boolean
}

type Facts = ReadonlyMap<string, Fact>

export interface Drift {
  readonly differences: readonly Difference[]
  /** Places whose prose alone is another. */
  readonly reworded: readonly { readonly fact: Fact; readonly was: string }[]
}

/** What lies between two documents, beside what the emulator has. */
export const driftBetween = (older: Facts, newer: Facts, ours: Facts): Drift => {
  const differences: Difference[] = []
  const reworded: { fact: Fact; was: string }[] = []
  for (const [key, fact] of newer) {
    const before = older.get(key)
    const is_here = ours.has(key)
    if (before === undefined) differences.push({ what: 'new', fact, was: '', is_here })
    else if (before.is !== fact.is) {
      differences.push({ what: 'changed', fact, was: before.is, is_here })
    } else if (before.prose !== fact.prose) reworded.push({ fact, was: before.prose })
  }
  for (const [key, fact] of older) {
    if (!newer.has(key)) differences.push({ what: 'gone', fact, was: '', is_here: ours.has(key) })
  }
  return { differences, reworded }
}

const MARKS = { new: '+', gone: '-', changed: '~' } as const

const lineOf = ({ what, fact, was, is_here }: Difference): string => {
  const is =
    what === 'changed'
      ? `: ${was || 'as usual'} → ${fact.is || 'as usual'}`
      : fact.is && `: ${fact.is}`
  const here = what === 'new' ? (is_here ? '  [here]' : '  [missing here]') : ''
  return `${MARKS[what]} ${fact.at}${is}${here}`
}

/** What stands inside of something new, or gone with something else, is not told again. */
const outermost = (differences: readonly Difference[]): Difference[] => {
  const whole = new Set(differences.map(({ what, fact }) => `${what} ${fact.at}`))
  return differences.filter(({ what, fact }) => {
    const above = fact.at.split(/(?=\.|\[\]| |\{\})/)
    return !above.some(
      (_, index) => index > 0 && whole.has(`${what} ${above.slice(0, index).join('')}`),
    )
  })
}

const isKind = (name: string): name is keyof typeof kinds => Object.hasOwn(kinds, name)

/** The differences as lines for people, by kind. */
export const driftLines = ({ differences, reworded }: Drift, withProse: boolean): string[] => {
  const told = outermost(differences)
  const sections = Object.keys(kinds)
    .filter(isKind)
    .flatMap((kind) => {
      const some = told.filter(({ fact }) => fact.kind === kind)
      if (some.length === 0) return []
      return ['', `## ${kinds[kind]} (${some.length})`, '', ...some.map(lineOf)]
    })
  const missing = told.filter(({ what, is_here }) => what === 'new' && !is_here).length
  const isNew = told.filter(({ what }) => what === 'new').length
  return [
    `${isNew} new, of which ${missing} are missing here; ${count(told, 'changed')} changed, ${count(told, 'gone')} gone; ${reworded.length} described in other words${withProse ? '' : ' (--prose tells them)'}.`,
    ...sections,
    ...(withProse
      ? reworded.flatMap(({ fact, was }) => ['', fact.at, `  was: ${was}`, `  is:  ${fact.prose}`])
      : []),
  ]
}

const count = (told: readonly Difference[], what: Difference['what']): number =>
  told.filter((it) => it.what === what).length
