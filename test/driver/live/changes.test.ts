/** What the stream says has changed is all that has: who asks for that again has the whole world. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { accessCodesPart, locksPart } from '../../../src/api/control/world/locks.ts'
import { partsOf, worldParts } from '../../../src/api/control/world/parts.ts'
import { viewOf } from '../../../src/api/control/world/view.ts'
import { watchWorld } from '../../../src/driver/live/changes.ts'
import type { World } from '../../../src/sim/kernel/world.ts'
import { runs } from '../../support/experiment.ts'
import { doors, openLaboratory, story } from '../../support/laboratory.ts'

/** What a world shows of each lock, without what passes by itself. */
const shownOf = (world: World): Map<string, string> => {
  const view = viewOf(world, { from: 0, to: 8.64e15, device_ids: doors })
  const codes = accessCodesPart.tell(view)
  return new Map(
    locksPart.tell(view).map((lock) => [
      lock.device_id,
      JSON.stringify([
        { ...lock, battery: null, keypad_battery: null },
        codes.access_code_id.flatMap((id, at) =>
          codes.device_id[at] === lock.device_id
            ? [[id, codes.code[at], codes.status[at], codes.slot[at], codes.ends_at[at]]]
            : [],
        ),
        view
          .disagreements()
          .filter((it) => it.device_id === lock.device_id)
          .map(({ kind, refusal, access_code_id }) => [kind, refusal, access_code_id]),
      ]),
    ]),
  )
}

const others = ['bridges', 'connected_accounts', 'faults', 'webhooks', 'spaces'] as const
const otherParts = (world: World): Map<string, string> => {
  const view = viewOf(world, { from: 0, to: 8.64e15, device_ids: doors })
  return new Map(others.map((name) => [name, JSON.stringify(worldParts[name].tell(view))]))
}

test('every lock that looks otherwise is named, and every other part', async () => {
  let named = 0
  let unnamed = 0
  await fc.assert(
    fc.asyncProperty(story, async (chapters) => {
      const laboratory = openLaboratory({ receivers: true })
      const watch = watchWorld(laboratory.world(), partsOf)
      let before = laboratory.read(shownOf)
      let rest = laboratory.read(otherParts)
      const compare = (): void => {
        const { devices, parts } = watch.take(0)
        const after = laboratory.read(shownOf)
        for (const [device_id, text] of after) {
          const isNamed = devices === 'all' || devices.includes(device_id)
          if (text !== before.get(device_id)) {
            expect(isNamed, `${before.get(device_id)}\n${text}`).toBe(true)
            named++
          } else if (!isNamed) unnamed++
        }
        const restAfter = laboratory.read(otherParts)
        for (const [name, text] of restAfter)
          if (text !== rest.get(name)) expect(parts).toContain(name)
        before = after
        rest = restAfter
      }
      for (const chapter of chapters) {
        await laboratory.advance(chapter.after)
        compare()
        laboratory.perform(chapter)
        compare()
      }
      watch.stop()
      laboratory.close()
    }),
    { numRuns: runs(12) },
  )
  // Not by naming everything.
  expect(named).toBeGreaterThan(0)
  expect(unnamed).toBeGreaterThan(named / 10)
}, 120_000)
