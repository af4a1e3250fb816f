/** `seam-emulator explain`: one word finds codes, grants, stays and spaces. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import type { Emulator } from '../../src/index.ts'
import { cli } from './run.ts'

const front = 'd0000000-0000-4000-8000-000000000001'
const studio = 'd0000000-0000-4000-8000-000000000003'

let emulator: Emulator
beforeAll(async () => {
  emulator = await createEmulator()
  await emulator.call('/spaces/create', {
    name: 'Flat 1',
    space_key: 'flat-1',
    device_ids: [front, studio],
  })
  await emulator.call('/access_grants/create', {
    user_identity: { full_name: 'Ada Guest' },
    space_keys: ['flat-1'],
    access_grant_key: 'grant-1',
    reservation_key: 'stay-1',
    requested_access_methods: [{ mode: 'code', code: '4711' }],
  })
  await emulator.bridges.unplug({ bridge_id: 'b0000000-0000-4000-8000-000000000002' })
  await emulator.clock.advance('1m')
})
afterAll(() => emulator.close())

const explain = (...args: string[]) =>
  cli(['explain', ...args], { SEAM_EMULATOR_URL: emulator.endpoint })

test('a grant is found by key, name or PIN before its codes, and told door by door', async () => {
  const found = await Promise.all(['grant-1', 'Ada Guest', '4711', 'ada'].map((it) => explain(it)))
  for (const { code, stdout } of found) {
    expect(code).toBe(0)
    expect(stdout).toContain('One of two doors is ready: Studio Door waits for its bridge')
    expect(stdout).toContain('What would help: Plug in the bridge')
    expect(stdout).toMatch(/Front Door +ready +4711 +set/)
    expect(stdout).toMatch(/Studio Door +waiting +4711 +setting +lock_unreachable/)
  }
})

test('a stay is found by its reservation key, a space by its key or name', async () => {
  const [stay, space, named] = await Promise.all([
    explain('stay-1', '--json'),
    explain('flat-1'),
    explain('Flat 1', '--json'),
  ])
  expect(JSON.parse(stay.stdout)).toMatchObject({
    explanation: { stay_key: 'stay-1', access_grants: [{ state: 'partly_ready' }] },
  })
  expect(space.stdout).toContain('Flat 1 has two devices (Front Door and Studio Door)')
  expect(JSON.parse(named.stdout)).toMatchObject({ explanation: { space_key: 'flat-1' } })
})

test('without a word the grants are listed beside the codes; what is unknown ends with 4', async () => {
  const [all, unknown] = await Promise.all([explain(), explain('nobody')])
  expect(all.stdout).toMatch(/access_grant_id[\s\S]+Ada Guest +grant-1/)
  expect(unknown).toMatchObject({ code: 4 })
  expect(unknown.stderr).toContain(
    'There is no access grant, no stay, no space and no access code "nobody"',
  )
})
