import { SeamHttp, SeamHttpUnauthorizedError } from '@seamapi/http'
import { afterAll, describe, expect, expectTypeOf, test as base } from 'vitest'
import {
  closeSharedEmulators,
  freshWorkspace,
  seamFixtures,
  sharedEmulator,
} from '../../src/testing/index.ts'
import type { TestWorkspace } from '../../src/testing/index.ts'

const test = base.extend(seamFixtures())
const device_id = 'd0000000-0000-4000-8000-000000000001'

afterAll(closeSharedEmulators)

const created: string[] = []

describe('a workspace for each test', () => {
  for (const run of ['first', 'second']) {
    test(`is empty for the ${run} test, whatever the other did`, async ({ seamWorkspace }) => {
      expectTypeOf(seamWorkspace).toEqualTypeOf<TestWorkspace>()
      const seam = new SeamHttp(seamWorkspace.seam)
      expect(await seam.accessCodes.list({ device_id })).toEqual([])
      const code = await seam.accessCodes.create({ device_id, name: 'Guest' })
      created.push(code.access_code_id)
      await seamWorkspace.clock.advance('10m')
      const pin = code.code ?? ''
      expect((await seamWorkspace.locks.enterCode({ device_id, code: pin })).opened).toBe(true)
    })
  }

  base('has ids of its own, and is gone after its test', async () => {
    expect(new Set(created).size).toBe(2)
    const emulator = await sharedEmulator()
    const names = (await emulator.workspaces.list()).map(({ api_key }) => api_key)
    expect(names).toEqual(['seam_test_default'])
  })
})

describe('freshWorkspace', () => {
  base('gives the same name the same ids and PINs again', async () => {
    const story = async (): Promise<string> => {
      await using workspace = await freshWorkspace({ name: 'The guest gets in' })
      const seam = new SeamHttp(workspace.seam)
      return JSON.stringify(await seam.accessCodes.create({ device_id, name: 'Guest' }))
    }
    expect(await story()).toBe(await story())
  })

  base('gives tests of one name that run at once a workspace each', async () => {
    const all = await Promise.all([1, 2, 3].map(() => freshWorkspace({ name: 'twins' })))
    expect(new Set(all.map(({ apiKey }) => apiKey)).size).toBe(3)
    for (const workspace of all) await workspace[Symbol.asyncDispose]()
  })

  base('takes a world, a seed and a clock', async () => {
    await using workspace = await freshWorkspace({
      fixture: { name: 'bare' },
      clock: { mode: 'frozen', at: '2031-01-01T00:00:00Z' },
    })
    expect(await new SeamHttp(workspace.seam).devices.list()).toEqual([])
    expect((await workspace.clock.get()).now).toBe('2031-01-01T00:00:00.000Z')
  })

  base('is back as it was after a restore, and as at first after a reset', async () => {
    await using workspace = await freshWorkspace({ name: 'snapshots' })
    const seam = new SeamHttp(workspace.seam)
    await seam.accessCodes.create({ device_id, name: 'Kept' })
    expect(await workspace.snapshot('before')).toMatchObject({ name: 'before' })
    await seam.accessCodes.create({ device_id, name: 'Later' })
    await workspace.restore('before')
    const names = async (): Promise<unknown[]> =>
      (await seam.accessCodes.list({ device_id })).map(({ name }) => name)
    expect(await names()).toEqual(['Kept'])
    await workspace.reset()
    expect(await names()).toEqual([])
  })

  base('starts no emulator of its own, and leaves nothing, whatever comes too late', async () => {
    const emulator = await sharedEmulator()
    for (let count = 0; count < 50; count++) {
      const workspace = await freshWorkspace()
      expect(workspace.seam.endpoint).toBe(emulator.endpoint)
      await workspace[Symbol.asyncDispose]()
      // A poll of the tested code, say.
      const late = new SeamHttp(workspace.seam).devices.list()
      await expect(late).rejects.toThrow(SeamHttpUnauthorizedError)
    }
    const names = (await emulator.workspaces.list()).map(({ api_key }) => api_key)
    expect(names).toEqual(['seam_test_default'])
  })
})
