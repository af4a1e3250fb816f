/** What is done while somebody records, as a vitest test. */
import { isRead } from '../../as-code/deeds.ts'
import { testOf } from '../../as-code/recording.ts'
import type { Beginning } from '../../as-code/recording.ts'
import { isRecord } from '../../lib/is-record.ts'
import { recordCopy } from '../copy/record.ts'
import { ask, askAny, isApiError } from '../live/client.ts'
import { apiKey } from '../live/key.ts'
import { now } from '../model/state.ts'
import { act, onDone } from './act.ts'
import type { Done } from './act.ts'
import { recorded, recording } from './recording.ts'
import type { Kept, Recording } from './recording.ts'

const nowIso = (): string => new Date(now.peek() ?? 0).toISOString()

/** A name as a file's. */
export const fileName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60) || 'recorded'

const add = (deed: Kept): void => {
  const it = recording.peek()
  if (it !== null) recording.value = { ...it, deeds: [...it.deeds, deed] }
}

onDone(({ path, body, says, answer, refused, refused_type, ...sent }: Done) => {
  // What nobody answered did not happen.
  if (refused !== null && refused_type === null) return
  add({
    path,
    body: { ...body },
    says,
    at: sent.sent_at,
    wall: sent.sent_wall,
    answer,
    ...(refused_type !== null && { refused: refused_type }),
  })
})

/** A fresh world of the workspace's own fixture. */
const freshBeginning = async (says: string): Promise<Beginning | string> => {
  const outcome = await act({ path: '/_emulator/workspaces/reset', body: {}, says })
  if (outcome.answer === null) return outcome.refused
  const { fixture, seed, clock } = outcome.answer.workspace
  const key = apiKey.peek() ?? ''
  const label = key.replace(/^seam_test_/, '')
  return {
    fixture,
    at: clock.now,
    ...(seed !== label && { seed }),
    ...(label !== 'default' && { api_key: key }),
  }
}

/** Begins. @returns what the emulator refused; null where it has begun */
export const record = async (name: string, isFresh: boolean): Promise<string | null> => {
  const title = name.trim() === '' ? recordCopy.unnamed : name.trim()
  try {
    if (isFresh) {
      const beginning = await freshBeginning(recordCopy.reset)
      if (typeof beginning === 'string') return beginning
      recording.value = { name: title, beginning, world: null, deeds: [], began: Date.now() }
    } else {
      const { clock } = await ask('/_emulator/clock/get', {})
      const world = await askAny('/_emulator/snapshots/export')
      const beginning = { world_file: `${fileName(title)}.world.json`, at: clock.now }
      recording.value = {
        name: title,
        beginning,
        world: isRecord(world['snapshot']) ? world['snapshot'] : null,
        deeds: [],
        began: Date.now(),
      }
    }
    return null
  } catch (error) {
    return isApiError(error) ? error.message : recordCopy.nobody
  }
}

/** Notes where API and locks disagree now: the test will expect the same. */
export const noteAgreement = async (): Promise<void> => {
  const [at, wall] = [nowIso(), Date.now()]
  const answer = await ask('/_emulator/disagreements', {})
  add({ path: '/_emulator/disagreements', body: {}, at, wall, answer })
}

const parsed = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    // Too long to be kept whole.
    return null
  }
}

/** What the app under test did meanwhile: doors answer by that as well. */
const callsOfTheApp = async (began: number): Promise<Kept[]> => {
  const { requests } = await ask('/_emulator/requests/list', { callers: 'integration' })
  return requests.flatMap(({ wall_at, at, path, method, status, body, answer }) => {
    const wall = Date.parse(wall_at)
    const isWrite = method !== 'GET' && status === 200 && !isRead(path)
    if (wall < began || !isWrite || !isRecord(body)) return []
    return { path, body, at, wall, answer: parsed(answer), says: recordCopy.app }
  })
}

/** Ends it, with a last look at where API and locks disagree. */
export const stop = async (): Promise<void> => {
  const before = recording.peek()
  if (before !== null && before.deeds.at(-1)?.path !== '/_emulator/disagreements') {
    await noteAgreement().catch(() => undefined)
  }
  const it = recording.peek()
  if (it === null) return
  const calls = await callsOfTheApp(it.began).catch(() => [])
  const deeds = [...it.deeds, ...calls].toSorted((a, b) => a.wall - b.wall)
  recorded.value = { ...it, deeds }
  recording.value = null
}

export const testText = ({ name, beginning, deeds }: Recording): string =>
  testOf({ name, beginning, deeds })
