/** The timeline: what was declared, what the lock held, what the API said, and where that differed. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { home, hour, iso, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { describeConsole } from './console.ts'

const stay = (
  place: Place,
  from: number,
  to: number,
  more: { device_id?: string; code?: string } = {},
) =>
  place.seam.accessCodes.create({
    device_id: home.august,
    name: 'Ada',
    code: '4821',
    starts_at: iso(T0 + from),
    ends_at: iso(T0 + to),
    ...more,
  })

const rowOf = (page: Page, access_code_id: string) =>
  page.locator(`.tl-row[data-code="${access_code_id}"]`)

const count = (page: Page, kind: 'locked_out' | 'overstay' | 'other', n: number) =>
  n === 0
    ? page.locator(`.verdict[data-total="0"], .verdict-count[data-kind="${kind}"][data-count="0"]`)
    : page.locator(`.verdict-count[data-kind="${kind}"][data-count="${n}"]`)

interface Box {
  left: number
  right: number
}
const boxOf = async (page: Page, access_code_id: string, look: string): Promise<Box> => {
  const box = await rowOf(page, access_code_id).locator(look).boundingBox()
  if (box === null) throw new Error(`There is no ${look}`)
  return { left: box.x, right: box.x + box.width }
}

describeConsole('the timeline', ({ open, show }) => {
  /** The timeline with its time chosen: it is so by what there is when it is first known. */
  const timelineOf = async (place: Place): Promise<Page> => {
    const page = await show(place)
    await page.locator('.tl-overview[role="slider"]').waitFor()
    return page
  }

  test('a code appears as an outline, then as a bar, then as set, without a reload', async () => {
    const place = open()
    const page = await timelineOf(place)
    const { access_code_id } = await stay(place, hour, 4 * hour)
    const row = rowOf(page, access_code_id)
    await row.locator('.tl-declared').waitFor()
    expect(await row.locator('.tl-held').count()).toBe(0)
    await place.advance('2h')
    await row.locator('.tl-held').waitFor()
    await row.locator('.tl-says[data-status="set"]').waitFor()
    expect(await row.getAttribute('aria-label')).toMatch(
      /^Ada, PIN 4821: declared .*the API says set/,
    )
  })

  test('a native stay that was loaded in time locks nobody out, whatever becomes of the bridge', async () => {
    const place = open()
    const page = await timelineOf(place)
    const { access_code_id } = await stay(place, 2 * hour, 5 * hour)
    await place.advance('1h')
    await place.unplug(home.august_bridge)
    await place.advance('2h')
    await rowOf(page, access_code_id).locator('.tl-held').waitFor()
    await count(page, 'locked_out', 0).waitFor()
    expect(await rowOf(page, access_code_id).locator('.tl-locked-out').count()).toBe(0)
    // The lock's own clock shuts it, though the code is still stored: nobody stays on.
    await place.advance('3h')
    await count(page, 'overstay', 0).waitFor()
    expect(await rowOf(page, access_code_id).locator('.tl-overstay').count()).toBe(0)
  })

  test('a later stay locks its guest out, for as long as the report says, until the plug is back', async () => {
    const place = open()
    const page = await timelineOf(place)
    const { access_code_id } = await stay(place, 80 * hour, 90 * hour)
    await place.unplug(home.august_bridge)
    await place.advance('82h')
    await count(page, 'locked_out', 1).waitFor()
    const row = rowOf(page, access_code_id)
    await row.locator('.tl-locked-out').waitFor()
    expect(await row.getAttribute('aria-label')).toContain('locked out for 2 h')
    await page.getByRole('button', { name: /guest locked out/ }).click()
    await page.getByText(/Ada stands before Front Door/).waitFor()
    const [trouble] = await place.emulator.disagreements()
    expect(trouble?.minutes).toBe(120)
    const { codes: stays } = await place.emulator.report({})
    const reported = stays?.find((it) => it.access_code_id === access_code_id)
    expect(reported?.locked_out_minutes).toBe(trouble?.minutes)

    await place.plug(home.august_bridge)
    await place.advance('10m')
    await count(page, 'locked_out', 0).waitFor()
    await row.locator('.tl-held').waitFor()
    const hatch = await boxOf(page, access_code_id, '.tl-locked-out')
    const bar = await boxOf(page, access_code_id, '.tl-held')
    expect(Math.abs(hatch.right - bar.left)).toBeLessThan(1.5)
    const { codes } = await place.emulator.timeline({ access_code_id })
    expect(codes[0]?.locked_out.at(-1)?.to).toBe(codes[0]?.on_lock[0]?.from)
  })

  test('a just-in-time lock out of reach at check-out lets the former guest in, and the row says so', async () => {
    const place = open()
    const page = await timelineOf(place)
    const more = { device_id: home.smartthings }
    const { access_code_id } = await stay(place, hour, 3 * hour, more)
    await place.advance('2h')
    await place.unplug(home.smartthings_hub)
    await place.advance('3h')
    await count(page, 'overstay', 1).waitFor()
    await rowOf(page, access_code_id).locator('.tl-overstay').waitFor()
    expect(await rowOf(page, access_code_id).getAttribute('aria-label')).toContain('got in for 2 h')
    await page.getByRole('button', { name: /former guest still gets in/ }).click()
    await page.getByText(/Ada.*still opens/).waitFor()
    expect(await place.opens(home.smartthings, '4821')).toBe(true)
    await rowOf(page, access_code_id).locator('.tl-mark[data-mark="opened"]').waitFor()
  })

  test('two refused commands are two crosses, and then it is set', async () => {
    const place = open()
    const page = await timelineOf(place)
    await place.emulator.faults.create({
      on: 'access_code.set',
      match: { device_id: home.august },
      effect: { kind: 'fail' },
      times: 2,
    })
    const { access_code_id } = await place.seam.accessCodes.create({
      device_id: home.august,
      name: 'Ada',
      code: '4821',
    })
    await place.advance('2h')
    const row = rowOf(page, access_code_id)
    await row.locator('.tl-says[data-status="set"]').waitFor()
    await row.locator('.tl-mark[data-mark="failed"]').nth(1).waitFor()
    expect(await row.locator('.tl-mark[data-mark="failed"]').count()).toBe(2)
    expect((await place.emulator.faults.list())[0]?.hits).toBe(2)
  })

  test('what is looked for is found, what disagrees is shown alone, and all of it is a table too', async () => {
    const place = open()
    const page = await timelineOf(place)
    await stay(place, 80 * hour, 90 * hour)
    const { access_code_id } = await stay(place, hour, 5 * hour, {
      code: '7777',
      device_id: home.schlage,
    })
    await place.unplug(home.august_bridge)
    await place.advance('2h')
    await page.locator('.tl-row[data-code]').nth(1).waitFor()
    await page.getByLabel('Search the timeline').fill('7777')
    await rowOf(page, access_code_id).waitFor()
    expect(await page.locator('.tl-row[data-code]').count()).toBe(1)
    await page.getByLabel('Search the timeline').fill('nobody')
    await page.getByText('Nothing here is in trouble').waitFor()
    await page.getByLabel('Search the timeline').fill('')
    await page.getByRole('button', { name: 'as a table' }).click()
    const table = page.getByRole('region', { name: 'The timeline as a table' })
    await table.getByRole('row').nth(2).waitFor()
    expect(await table.getByRole('row').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('7777')]),
    )
  })

  test('keys alone go through rows, move time, and open a code', async () => {
    const place = open()
    const page = await timelineOf(place)
    const { access_code_id } = await stay(place, hour, 5 * hour)
    await rowOf(page, access_code_id).waitFor()
    const grid = page.getByRole('grid')
    await grid.focus()
    const index = Number(await rowOf(page, access_code_id).getAttribute('aria-rowindex')) - 2
    for (let step = 0; step < index; step++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    const active = await grid.getAttribute('aria-activedescendant')
    expect(active).toBe(`tl-cell-${index}-1`)
    expect(await page.locator(`[id="${active}"]`).getAttribute('role')).toBe('gridcell')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/#/code/${access_code_id}`)
  })

  test('what nobody knows is dotted with a question mark, and never blank', async () => {
    const place = open()
    const page = await timelineOf(place)
    const { access_code_id } = await stay(place, hour, 50 * hour)
    await place.advance('3h')
    await place.emulator.faults.create({
      on: 'connected_account.link',
      match: { connected_account_id: home.august_account },
      effect: { kind: 'down' },
    })
    await place.advance('20h')
    const { codes } = await place.emulator.timeline({ access_code_id })
    expect(codes[0]?.status.at(-1)?.status).toBe('unknown')
    const unknown = rowOf(page, access_code_id).locator('.tl-says[data-status="unknown"]')
    // It is too narrow for a word at first.
    await expect.poll(() => unknown.textContent()).toBe('?')
  })

  test('the strip, the buttons and folds show another part of the time', async () => {
    const place = open()
    const page = await timelineOf(place)
    const { access_code_id } = await stay(place, 60 * hour, 100 * hour)
    await place.advance('1m')
    const row = rowOf(page, access_code_id)
    await row.waitFor()
    const strip = page.getByRole('slider')
    const shown = () => strip.getAttribute('aria-valuetext')
    const seen: (string | null)[] = [await shown()]
    const other = async (): Promise<void> => {
      await expect.poll(async () => seen.includes(await shown())).toBe(false)
      seen.push(await shown())
    }
    await page.getByRole('button', { name: 'Zoom out' }).click()
    await other()
    await strip.focus()
    await page.keyboard.press('ArrowRight')
    await other()
    const box = await strip.boundingBox()
    if (box === null) throw new Error('There is no strip')
    await page.mouse.move(box.x + box.width * 0.02, box.y + 10)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.3, box.y + 10, { steps: 4 })
    await page.mouse.up()
    await other()
    await page.getByTitle('Fit').click()
    await row.locator('.tl-declared').waitFor()
    expect(await page.locator('.tl-folded').count()).toBe(0)
    const before = await boxOf(page, access_code_id, '.tl-declared')
    await page.getByLabel('fold idle time').check()
    await page.locator('.tl-folded').first().waitFor()
    const after = await boxOf(page, access_code_id, '.tl-declared')
    expect(after.right - after.left).not.toBeCloseTo(before.right - before.left, 0)
  })
})
