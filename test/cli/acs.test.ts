import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import type { Emulator } from '../../src/index.ts'
import { cli } from './run.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await createEmulator({ fixture: 'access-systems' })
})
afterAll(() => emulator.close())

const acs = async (...args: string[]) => {
  const env = { SEAM_EMULATOR_URL: emulator.endpoint, NO_COLOR: '1' }
  const { code, stdout, stderr } = await cli(['acs', ...args], env)
  return [code, stdout.trim() || stderr.trim()]
}

test('doors of access systems are listed, tried and explained by their names', async () => {
  const [, all] = await acs('list')
  for (const name of ['Office Door', 'Room 101', 'Front Desk']) expect(all).toContain(name)
  expect(await acs('present', 'office door', '--code', '482193')).toEqual([0, 'opened'])
  expect(await acs('present', 'Office', '--code', '111111')).toEqual([0, 'refused: unknown_code'])
  const credential = '90000000-0000-4000-8000-0000000000a1'
  expect(await acs('explain', credential, 'Office Door')).toEqual([
    0,
    'The door opens by its table.',
  ])
  const [code, said] = await acs('encode', 'Front Desk', credential)
  expect([code, said]).not.toEqual([0, 'written'])
  const [failed, ambiguous] = await acs('present', 'Room', '--code', '1')
  expect(failed).not.toBe(0)
  expect(ambiguous).toContain('could be Room 101 or Room 102')
})
