import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scenarios, whyNot } from '../../src/cli/trigger/scenarios.ts'
import { trigger } from '../../src/cli/trigger.ts'
import { eventTypes } from '../../src/contract/vocabulary.ts'
import { createEmulator } from '../../src/index.ts'
import type { Emulator } from '../../src/index.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await createEmulator()
})
afterAll(() => emulator.close())

describe('seam-emulator trigger', { timeout: 60_000 }, () => {
  for (const type of eventTypes) {
    const can = scenarios[type] !== undefined
    test(`${type} ${can ? 'happens' : 'says why it cannot be made to happen'}`, async () => {
      const workspace = emulator.workspace(type)
      if (can) expect((await trigger(workspace, type)).event_type).toBe(type)
      else await expect(trigger(workspace, type)).rejects.toThrow(whyNot(type))
    })
  }
})
