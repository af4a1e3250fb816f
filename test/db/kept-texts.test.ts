/** What is answered is what is kept: of texts, whose characters a file may have otherwise. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FRONT_DOOR, sdkOf, startTestEmulator } from '../support/emulator.ts'
import type { TestEmulator } from '../support/emulator.ts'

const KEY = 'seam_test_default'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seam-texts-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const start = () => startTestEmulator({ db: join(folder, 'texts.db') })

/** Whole characters at every place at which a lock cuts names, and some that a file must keep apart. */
const names = [8, 9, 13, 14, 19, 20].map((length) => `${'a'.repeat(length - 1)}🏠🏠`)

const listOf = async (emulator: TestEmulator) =>
  JSON.stringify(await sdkOf(emulator, KEY).accessCodes.list({ device_id: FRONT_DOOR }))

it('codes with any whole name are the same after a restart on a file, and export and import', async () => {
  const first = await start()
  for (const name of [...names, 'e\u0301 \ufffd \u{10ffff}', '\u0000\u2028']) {
    await sdkOf(first, KEY).accessCodes.create({ device_id: FRONT_DOOR, name })
  }
  await first.as(KEY).clock.advance('10m')
  const answered = await listOf(first)
  await first.close()

  const second = await start()
  expect(await listOf(second)).toBe(answered)
  const snapshot = await second.as(KEY).snapshots.export()
  await second.as(KEY).workspaces.reset()
  await second.as(KEY).snapshots.import({ snapshot })
  expect(await listOf(second)).toBe(answered)
  await second.close()
})
