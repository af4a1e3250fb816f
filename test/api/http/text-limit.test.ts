/** No text of any route is unbounded, or could not be kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { controlEndpoints } from '../../../src/api/control/index.ts'
import { LONGEST_TEXT } from '../../../src/api/http/text-limit.ts'
import { endpoints } from '../../../src/api/seam/index.ts'
import type { RunningEmulator } from '../../../src/emulator.ts'
import { fixtureProblems } from '../../../src/sim/workspaces/check-fixture.ts'
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

const sendText = async (path: string, body: string) => {
  const response = await fetch(`${emulator.endpoint}${path}`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer seam_test_texts',
      'content-type': 'application/json',
    },
    body,
  })
  return `${response.status} ${await response.text()}`
}

const send = (path: string, body: object) => sendText(path, JSON.stringify(body))

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

describe('half a character', () => {
  const half = '"a\\ud83c"'
  it.each(routes.map(({ path }) => path))('is refused by %s with its name', async (path) => {
    for (const [body, name] of [
      [`{"name":${half}}`, 'name'],
      [`{"match":{"some":[${half}]}}`, 'match.some.0'],
      [`{${half}:1}`, 'a\ufffd'],
    ]) {
      const answer = await sendText(path, String(body))
      if (/^(401|403) /.test(answer)) continue
      expect(answer).toMatch(/^400 /)
      expect(answer).toContain(`half a character (a lone surrogate) for \\"${name}\\"`)
    }
  })

  it('is refused in a fixture, with its path', () => {
    const problems = fixtureProblems({ name: 'x', devices: [{ name: 'a\ud83c', model: 'yale' }] })
    expect(problems).toEqual([expect.stringMatching(/^devices\.0\.name: .*half a character/)])
  })
})
