/** A workspace for each test, on one emulator that a test process shares. */
import { createEmulator } from '../index.ts'
import { clientWithDates } from './dates.ts'
import type { Dates } from './dates.ts'
import type { ClockInput, ControlClient, Emulator, EmulatorOptions } from '../index.ts'

/** A workspace that nobody else uses, with a frozen clock, and the controls over it. */
export interface TestWorkspace extends ControlClient {
  /** What the official SDK's client takes: `new SeamHttp(workspace.seam)`. */
  readonly seam: { readonly endpoint: string; readonly apiKey: string }
  /** Deletes the workspace; `await using` does it at the end of the test. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

const shared = new Map<string, Promise<Emulator>>()

/**
 * The emulator that all tests of this process share; started by the first call. It does not keep
 * the process alive and needs no stopping. Other options make another emulator.
 */
export const sharedEmulator = (options: EmulatorOptions = {}): Promise<Emulator> => {
  const key = JSON.stringify(options)
  const known = shared.get(key)
  if (known !== undefined) return known
  const starting = createEmulator(options).then((emulator) => {
    emulator.unref()
    return emulator
  })
  starting.catch(() => shared.delete(key))
  shared.set(key, starting)
  return starting
}

/** Stops the shared emulators, for suites that check that nothing is left open. */
export const closeSharedEmulators = async (): Promise<void> => {
  const all = [...shared.values()]
  shared.clear()
  for (const emulator of await Promise.all(all)) await emulator.close()
}

const inUse = new Set<string>()

/** A label made of any text, and another one when it is in use: the same test gets the same label. */
const labelOf = (name: string): string => {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(-150)
    .replace(/^-+/, '')
  const base = slug === '' ? 'test' : slug
  for (let count = 1; ; count++) {
    const label = count === 1 ? base : `${base}-${count}`
    if (!inUse.has(label)) return label
  }
}

export interface FreshWorkspaceOptions {
  /** Names the workspace, and with that seeds it: the same name gives the same ids and PINs. */
  name?: string
  /** The world it begins with: a fixture's name, or a world as data. */
  fixture?: string | object
  seed?: string
  clock?: ClockInput
  /**
   * Whose dates move along with the workspace's clock: vitest's `vi`. `Date` is then the workspace's
   * time after everything that moves the clock, until the workspace is disposed of.
   */
  date?: Dates
  /** An emulator of your own instead of the shared one. */
  emulator?: Emulator
}

/** A fresh workspace with a frozen clock, for any test runner. */
export const freshWorkspace = async (
  options: FreshWorkspaceOptions = {},
): Promise<TestWorkspace> => {
  const { name = 'test', emulator = await sharedEmulator(), fixture, seed, clock } = options
  const label = labelOf(name)
  inUse.add(label)
  const plain = emulator.workspace(label)
  const { endpoint, apiKey } = plain
  await emulator.workspaces.create({
    api_key: apiKey,
    clock: clock ?? { mode: 'frozen' },
    ...(fixture !== undefined && { fixture }),
    ...(seed !== undefined && { seed }),
  })
  const { date } = options
  const dated = date === undefined ? undefined : clientWithDates({ endpoint, apiKey }, date)
  const client = dated ?? plain
  // From its first instant on.
  await dated?.clock.get()
  return {
    ...client,
    seam: { endpoint, apiKey },
    [Symbol.asyncDispose]: async () => {
      date?.useRealTimers()
      // What the tested code still sends after the end of its test opens nothing.
      await plain.workspaces.delete({ retire_key: true })
      await dated?.close()
      inUse.delete(label)
    },
  }
}
