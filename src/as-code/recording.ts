/** What was clicked, as a vitest test. */
import { DOOR, comment, linesOf } from './deeds.ts'
import type { Deed } from './deeds.ts'
import { jsLiteral } from './js-literal.ts'

/** The world in which it began. */
export type Beginning =
  /** As a fixture makes it. */
  | {
      readonly fixture: string
      readonly seed?: string
      readonly at?: string
      /** The key that it was recorded with: ids come of it as well. */
      readonly api_key?: string
    }
  /** As it was: what `snapshots/export` answered lies in a file beside the test. */
  | { readonly world_file: string; readonly at: string }

export interface Recording {
  /** What the test is to show. */
  readonly name: string
  readonly beginning: Beginning
  readonly deeds: readonly Deed[]
  /** The last door is what the test is about: it must open. */
  readonly lastDoorOpens?: boolean
}

const indented = (lines: readonly string[]): string =>
  lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `  ${line}`)
    .join('\n')

const beginningOf = (beginning: Beginning): string[] => {
  if ('world_file' in beginning) {
    const url = `new URL(${jsLiteral(`./${encodeURIComponent(beginning.world_file)}`)}, import.meta.url)`
    return [
      'await using emulator = await createEmulator()',
      comment('The world as it was when recording began.'),
      `const snapshot = JSON.parse(readFileSync(${url}, 'utf8'))`,
      'await emulator.snapshots.import({ snapshot })',
      'await emulator.clock.freeze()',
    ]
  }
  const { fixture, seed, at, api_key } = beginning
  const options = {
    ...(fixture !== 'default' && { fixture }),
    ...(seed !== undefined && { seed }),
    ...(api_key !== undefined && { api_key }),
    ...(at !== undefined && { clock: `frozen@${at}` }),
  }
  const given = Object.keys(options).length === 0 ? '' : jsLiteral(options)
  return [`await using emulator = await createEmulator(${given})`]
}

/** A vitest file that does it all again, and checks that the doors answer the same. */
export const testOf = ({ name, beginning, deeds, lastDoorOpens = false }: Recording): string => {
  const reads = 'world_file' in beginning ? "import { readFileSync } from 'node:fs'\n" : ''
  const from = beginning.at === undefined ? {} : { from: beginning.at }
  const lines = linesOf(deeds, { ...from, lastDoorOpens })
  return `${reads}import { expect, test } from 'vitest'
import { createEmulator } from 'seam-emulator'

test(${jsLiteral(name)}, async () => {
${indented([...beginningOf(beginning), ...lines])}
})
`
}

export const asksADoor = (deeds: readonly Deed[]): boolean =>
  deeds.some(({ path }) => path === DOOR)
