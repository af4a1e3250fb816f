/** No text of any route is unbounded. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { controlEndpoints } from '../../../src/api/control/index.ts'
import { LONGEST_TEXT } from '../../../src/api/http/text-limit.ts'
import { endpoints } from '../../../src/api/seam/index.ts'
import type { RunningEmulator } from '../../../src/emulator.ts'
import { startTestEmulator } from '../../support/emulator.ts'

let emulator: RunningEmulator
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.close())

const routes = [...endpoints, ...controlEndpoints]
  .filter(({ methods }) => methods.includes('POST'))
  .filter(({ path }) => !path.includes(':') && !path.includes('*'))

const worlds = routes.filter(({ body_limit }) => body_limit !== undefined)

const send = async (path: string, body: object) => {
  const response = await fetch(`${emulator.endpoint}${path}`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer seam_test_texts',
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  return `${response.status} ${await response.text()}`
}

describe('a text of more than ten thousand characters', () => {
  it.each(routes.filter((route) => !worlds.includes(route)).map(({ path }) => path))(
    'is refused by %s, wherever it stands',
    async (path) => {
      const text = 'x'.repeat(LONGEST_TEXT + 1)
      const problem = `String must contain at most ${LONGEST_TEXT} character(s)`
      for (const body of [{ name: text }, { match: { some: [text] } }, { [text]: 1 }]) {
        const answer = await send(path, body)
        if (/^(401|403) /.test(answer)) continue
        expect(answer).toMatch(/^400 /)
        expect(answer).toContain(problem)
        expect(answer.length).toBeLessThan(1_000)
      }
    },
  )

  it('is admitted only where a whole world comes in', () => {
    expect(worlds.map(({ path }) => path).sort()).toEqual([
      '/_emulator/snapshots/import',
      '/_emulator/workspaces/create',
    ])
  })
})
