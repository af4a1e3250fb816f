/** The clock of the console: leaps that say what they will do, and the past that can be looked at. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { home, hour, iso, minute, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { startReceiver } from '../support/receiver.ts'
import { describeConsole } from './console.ts'

const leapAnswer = z.object({
  clock: z.object({ now: z.string() }),
  jobs: z.number(),
  reached: z.boolean(),
  transcript: z.array(z.object({ kind: z.string() })),
})

const stay = (
  place: Place,
  from: number,
  to: number,
  code = '4821',
  device_id: string = home.august,
) =>
  place.seam.accessCodes.create({
    device_id,
    name: `Guest ${code}`,
    code,
    starts_at: iso(T0 + from),
    ends_at: iso(T0 + to),
  })

/** Does it, and answers what the leap did that came of it. */
const leapBy = async (page: Page, press: () => Promise<void>) => {
  const [response] = await Promise.all([
    page.waitForResponse((it) => it.url().endsWith('/_emulator/clock/advance')),
    press(),
  ])
  return leapAnswer.parse(await response.json())
}

const countIn = (text: string, word: string): number =>
  Number(new RegExp(`(\\d+) ${word}`).exec(text)?.[1] ?? 0)

const typeLeap = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('button', { name: 'Leap to…' }).click()
  await page.getByLabel('Instant or duration').fill(text)
}

describeConsole('the clock of the console', ({ open, show, running }) => {
  test('the next check-in is reached to the millisecond, and what was said of it is what happened', async () => {
    const place = open()
    const receiver = await startReceiver()
    await place.emulator.webhookTo(receiver.url)
    await stay(place, 2 * hour + 7 * minute, 9 * hour)
    await place.advance('1s')
    const page = await show(place)
    const button = page.getByRole('button', { name: 'next check-in' })
    await button.hover()
    const tip = page.getByRole('tooltip')
    await tip.getByText(/jobs?/).waitFor()
    const said = (await tip.textContent()) ?? ''
    expect(await button.getAttribute('aria-description')).toBe(said)
    const leap = await leapBy(page, () => button.click())
    expect(Date.parse(leap.clock.now)).toBe(T0 + 2 * hour + 7 * minute)
    const sent = leap.transcript.filter(({ kind }) => kind === 'delivery').length
    expect({
      jobs: countIn(said, 'job'),
      events: countIn(said, 'event'),
      messages: countIn(said, 'message'),
      check_ins: countIn(said, 'check-in'),
    }).toEqual({
      jobs: leap.jobs,
      events: leap.transcript.length - sent,
      messages: sent,
      check_ins: 1,
    })
    expect(sent).toBeGreaterThan(0)
    await receiver.close()
  })

  test('a leap of a typed length says what it will do, and lands there', async () => {
    const place = open()
    const page = await show(place)
    await typeLeap(page, '1d 12h')
    await page.getByText(/^To .*nothing happens|^To .*job/).waitFor()
    const leap = await leapBy(page, () => page.keyboard.press('Enter'))
    expect(Date.parse(leap.clock.now)).toBe(T0 + 36 * hour)
    await page.locator(`.clock-face time[datetime="${iso(T0 + 36 * hour)}"]`).waitFor()
  })

  test('a running clock is drawn by the page, and stands where it is frozen', async () => {
    const place = open()
    const page = await show(place)
    await page.getByRole('button', { name: 'Run the clock 3600 times as fast' }).click()
    await page.locator('.transport[data-mode="scaled"]').waitFor()
    const face = page.locator('.clock-face time')
    const first = await face.getAttribute('datetime')
    await expect.poll(() => face.getAttribute('datetime')).not.toBe(first)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Freeze the clock' }).click()
    await page.locator('.transport[data-mode="frozen"]').waitFor()
    const { now } = await place.emulator.clock.get()
    await expect.poll(() => face.getAttribute('datetime')).toBe(now)
  })

  test('a leap that waits for a receiver says for whom, and can be stopped', async () => {
    const place = open()
    let answer = (): void => undefined
    const held = new Promise<void>((resolve) => (answer = resolve))
    const receiver = await startReceiver()
    receiver.answer(async () => {
      await held
      return { status: 200 }
    })
    await place.emulator.webhookTo(receiver.url)
    await stay(place, hour, 4 * hour)
    const page = await show(place)
    await page.getByRole('button', { name: '+1 d' }).click()
    await page.locator('.leaping-waits').getByText(receiver.url).waitFor()
    expect(await page.getByText('Somebody else moves the clock').count()).toBe(0)
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('button', { name: 'next check-in' }).waitFor()
    // A leap of somebody else takes the place of the leaps as well, and says so.
    const other = place.advance('5h')
    await page.getByText('Somebody else moves the clock').waitFor()
    expect(await page.getByRole('button', { name: '+1 h' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Stop' }).click()
    expect((await other).reached).toBe(false)
    expect(Date.parse((await place.emulator.clock.get()).now)).toBeLessThan(T0 + minute)
    answer()
    await receiver.close()
  })

  test('the now-line dragged to the right tells what lies between, and leaps; Escape puts it back', async () => {
    const place = open()
    await stay(place, 2 * hour, 20 * hour)
    const page = await show(place)
    const handle = page.locator('.tl-now-handle')
    const grab = async (by: number): Promise<void> => {
      const box = await handle.boundingBox()
      if (box === null) throw new Error('The line is out of sight')
      await page.mouse.move(box.x + 4, box.y + 8)
      await page.mouse.down()
      await page.mouse.move(box.x + 4 + by, box.y + 8, { steps: 4 })
    }
    await handle.waitFor()
    await grab(150)
    await page
      .locator('.tl-bubble')
      .getByText(/check-in/)
      .waitFor()
    await page.keyboard.press('Escape')
    await page.mouse.up()
    expect(await place.now()).toBe(T0)
    await grab(150)
    const leap = await leapBy(page, () => page.mouse.up())
    expect(leap.reached).toBe(true)
    expect(await place.now()).toBeGreaterThan(T0 + hour)
  })

  test('the line dragged to the left shows the doors as they were; nothing acts, and a button leads back', async () => {
    const place = open()
    await stay(place, 80 * hour, 200 * hour)
    await place.unplug(home.august_bridge)
    await place.advance('90h')
    await place.plug(home.august_bridge)
    await place.advance('60h')
    const page = await show(place)
    await page.locator('.verdict[data-total="0"]').waitFor()
    await typeLeap(page, iso(T0 + 84 * hour))
    await page.keyboard.press('Enter')
    await page.locator(`.notice-past[data-past="${iso(T0 + 84 * hour)}"]`).waitFor()
    await page.locator('.verdict-count[data-kind="locked_out"][data-count="1"]').waitFor()
    await page.locator('.door[data-trouble="locked_out"]').getByText('Front Door').waitFor()
    expect(await page.getByRole('button', { name: 'next event' }).isDisabled()).toBe(true)
    await page.keyboard.press('.')
    expect(await place.now()).toBe(T0 + 150 * hour)
    const box = await page.locator('.tl-now-handle').boundingBox()
    if (box === null) throw new Error('The line is out of sight')
    await page.mouse.move(box.x + 4, box.y + 8)
    await page.mouse.down()
    await page.mouse.move(box.x - 80, box.y + 8, { steps: 4 })
    await page.mouse.up()
    await page.locator('.verdict[data-total="0"]').waitFor()
    expect(
      Date.parse((await page.locator('.notice-past').getAttribute('data-past')) ?? ''),
    ).toBeLessThan(T0 + 80 * hour)
    await page.getByRole('button', { name: 'Back to now' }).click()
    await page.locator('.notice-past').waitFor({ state: 'detached' })
    expect(await page.getByRole('button', { name: 'next event' }).isDisabled()).toBe(false)
    expect(running().endpoint).toBe(place.endpoint)
  })
})
