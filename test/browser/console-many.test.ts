/** The console over forty locks with fifty codes each: few nodes, every row to be reached, and long leaps. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createAccessCode } from '../../src/sim/access-codes/operations.ts'
import { hour, T0 } from '../support/place.ts'
import { startReceiver } from '../support/receiver.ts'
import type { Place, Places } from '../support/place.ts'
import { describeConsole } from './console.ts'

const LOCKS = 40
const CODES = 50

/** Forty locks, each behind a bridge. */
const fixture = {
  name: 'many',
  loose_ids: true,
  workspace: { name: 'Many' },
  connected_accounts: [{ connected_account_id: 'august', model: 'august' }],
  bridges: Array.from({ length: LOCKS }, (_, n) => ({
    bridge_id: `bridge-${n}`,
    connected_account_id: 'august',
    name: `Bridge ${n}`,
  })),
  devices: Array.from({ length: LOCKS }, (_, n) => ({
    device_id: `lock-${n}`,
    connected_account_id: 'august',
    model: 'august',
    name: `Door ${n}`,
    bridge_id: `bridge-${n}`,
  })),
}

/** Stays one after the other at every lock. */
const fill = ({ running }: Pick<Places, 'running'>, place: Place): void =>
  running.universe.write(running.workspaceOf(place.api_key), (world) => {
    for (const { device_id } of fixture.devices) {
      for (let n = 0; n < CODES; n++) {
        const starts_at = T0 + n * 5 * hour
        const ends_at = starts_at + 20 * hour
        createAccessCode(world, { device_id, name: `Guest ${n}`, starts_at, ends_at })
      }
    }
  })

const nodes = async (page: Page): Promise<{ all: number; rows: number }> =>
  z
    .object({ all: z.number(), rows: z.number() })
    .parse(
      await page.evaluate(
        '({ all: document.querySelectorAll("*").length, rows: document.querySelectorAll(".tl-row").length })',
      ),
    )

/** Keeps the lengths of all long tasks from now on, ms. */
const watchLongTasks = (page: Page): Promise<unknown> =>
  page.evaluate(`
    window.longTasks = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.longTasks.push(entry.duration)
    }).observe({ type: 'longtask' })
  `)
const longest = async (page: Page): Promise<number> =>
  z.number().parse(await page.evaluate('Math.max(0, ...window.longTasks)'))

describeConsole(
  'the console over many codes',
  ({ open, show, running }) => {
    test('has few nodes, and the last code is reached by scrolling and by a key', async () => {
      const place = open()
      fill({ running: running() }, place)
      const page = await show(place)
      const grid = page.getByRole('grid')
      await page.locator('.tl-row[data-code]').nth(5).waitFor()
      const count = Number(await grid.getAttribute('aria-rowcount'))
      expect(count).toBeGreaterThan(LOCKS * 25)
      const first = await nodes(page)
      expect(first.rows).toBeLessThanOrEqual(60)
      expect(first.all).toBeLessThanOrEqual(2_500)
      await page.evaluate(
        '(() => { const it = document.querySelector(".tl-scroller"); it.scrollTop = it.scrollHeight })()',
      )
      await page.locator(`.tl-row[aria-rowindex="${count}"]`).waitFor()
      const last = await nodes(page)
      expect(last.rows).toBeLessThanOrEqual(60)
      expect(last.all).toBeLessThanOrEqual(2_500)
      await grid.focus()
      await page.keyboard.press('Home')
      await page.locator('.tl-row[aria-rowindex="2"][data-active]').waitFor()
      await page.keyboard.press('End')
      await page.locator(`.tl-row[aria-rowindex="${count}"][data-active]`).waitFor()
    })

    test('what is chosen stays where it is when rows come above it', async () => {
      const place = open()
      fill({ running: running() }, place)
      const page = await show(place)
      await page.locator('.tl-row[data-code]').nth(5).waitFor()
      await page.locator('.door', { hasText: 'Door 39' }).first().click()
      const row = page.locator('.tl-door[aria-selected="true"]')
      await row.waitFor()
      const atRest = async () => {
        const element = await row.elementHandle()
        await element?.waitForElementState('stable')
        return (await element?.boundingBox())?.y
      }
      const rows = async (): Promise<number> =>
        Number(await page.getByRole('grid').getAttribute('aria-rowcount'))
      const [count, before] = [await rows(), await atRest()]
      running().universe.write(running().workspaceOf(place.api_key), (world) => {
        createAccessCode(world, { device_id: 'lock-0', name: 'One more' })
      })
      await expect.poll(rows).toBe(count + 1)
      expect(await atRest()).toBe(before)
    })

    test('a leap of a year moves on, and stops when it is told to; the page stays awake', async () => {
      const place = open()
      fill({ running: running() }, place)
      // After some hundred messages the leap is held, so that no machine ends it before it is stopped.
      const receiver = await startReceiver()
      const { promise: released, resolve: release } = Promise.withResolvers<{ status: number }>()
      receiver.answer((count) => (count < 300 ? { status: 200 } : released))
      await place.emulator.webhookTo(receiver.url)
      const page = await show(place)
      await page.locator('.tl-row[data-code]').nth(5).waitFor()
      await watchLongTasks(page)
      await page.getByRole('button', { name: 'Leap to…' }).click()
      await page.getByLabel('Instant or duration').fill('365d')
      await page.keyboard.press('Enter')
      const bar = page.getByRole('progressbar')
      await bar.waitFor()
      const part = async (): Promise<number> => Number(await bar.getAttribute('value'))
      const begun = await part()
      await expect.poll(part).toBeGreaterThan(begun)
      await page.getByRole('button', { name: 'Stop' }).click()
      release({ status: 200 })
      await bar.waitFor({ state: 'detached' })
      const now = await place.now()
      expect(now).toBeGreaterThan(T0)
      expect(now).toBeLessThan(T0 + 365 * 24 * hour)
      expect(await longest(page)).toBeLessThan(200)
      await receiver.close()
    })
  },
  { fixture },
)
