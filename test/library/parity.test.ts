/** Control API, library and command line: what one can do, the others can. */
import { expect, test } from 'vitest'
import { routesByName } from '../../src/cli/call.ts'
import { createControlClient } from '../../src/client/control-client.ts'
import { controlRoutes } from '../../src/contract/index.ts'

/** The paths that the methods of an object call, whatever they are given. */
const pathsCalled = async (): Promise<Set<string>> => {
  const called = new Set<string>()
  const client = createControlClient(
    { endpoint: 'http://localhost', apiKey: 'seam_test_parity' },
    {
      call: (path) => {
        called.add(path)
        return Promise.reject(new Error('nobody is asked'))
      },
      stream: (path) => {
        called.add(path)
        return Promise.reject(new Error('nobody is asked'))
      },
    },
  )
  const callAll = async (controls: object): Promise<void> => {
    const all: unknown[] = Object.values(controls)
    for (const control of all) {
      if (typeof control === 'function') {
        // A refusal is all that comes of it.
        const answer: unknown = Reflect.apply(control, undefined, [{}])
        await Promise.resolve(answer).catch(() => undefined)
      } else if (typeof control === 'object' && control !== null) await callAll(control)
    }
  }
  await callAll(client)
  return called
}

test('every control route has a method in the library', async () => {
  const called = await pathsCalled()
  // The inbox's own URL is for senders of webhooks: `inbox.url()` tells it.
  const wanted = controlRoutes.map(({ path }) => path).filter((path) => !path.includes('/:'))
  expect(wanted.filter((path) => !called.has(path))).toEqual([])
})

test('every control route can be called from the command line', () => {
  const wanted = controlRoutes.map(({ path }) => path).filter((path) => !path.includes('/:'))
  expect([...routesByName.values()]).toEqual(wanted)
})
