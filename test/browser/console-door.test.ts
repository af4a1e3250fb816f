/** A door in the console: its plug is pulled, its keypad pressed, its memory changed. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { T0, home, hour, iso, minute } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { describeConsole } from './console.ts'

const stay = (place: Place, device_id: string, name: string, from: number, to: number) =>
  place.seam.accessCodes.create({
    device_id,
    name,
    starts_at: iso(T0 + from * hour),
    ends_at: iso(T0 + to * hour),
  })

const openDoor = async (page: Page, device_id: string): Promise<void> => {
  await page.locator(`[data-door="${device_id}"]`).click()
  await page.locator(`[data-door-view="${device_id}"]`).waitFor()
}

const plug = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

const headline = (page: Page, kind: 'locked_out' | 'overstay', n: number): Promise<void> =>
  page.locator(`.verdict-count[data-kind="${kind}"][data-count="${n}"]`).waitFor()

const agree = (page: Page): Promise<void> => page.getByText('Every lock agrees').waitFor()

const bridgeIs = (place: Place, online: boolean): Promise<void> =>
  expect
    .poll(async () => {
      const all = await place.emulator.bridges.list()
      return all.find(({ bridge_id }) => bridge_id === home.august_bridge)?.online
    })
    .toBe(online)

/** The keypad's answer: the sentence, and the reason of the API beside it. */
const answerOf = async (page: Page, code: string, how: 'typed' | 'pressed') => {
  const door = page.getByRole('form', { name: 'Keypad of the door' })
  if (how === 'pressed') {
    for (const digit of code) await door.getByRole('button', { name: digit, exact: true }).click()
    await door.getByRole('button', { name: 'Enter' }).click()
  } else {
    await door.getByRole('textbox').fill(code)
    await page.keyboard.press('Enter')
  }
  const said = page.locator('.keypad-answer[data-opened]')
  await said.waitFor()
  const [text, reason] = [await said.innerText(), await said.getAttribute('data-reason')]
  await door.getByRole('button', { name: 'Clear' }).click()
  return { text, reason }
}

describeConsole('a door in the console', ({ open, show }) => {
  test.each(['by the pointer', 'by the keyboard'])(
    'its plug is pulled %s: who was loaded in time gets in, who comes later is locked out',
    async (how) => {
      const place = open()
      const page = await show(place)
      await stay(place, home.august, 'Ada', 40, 120)
      await place.advance('1h')
      if (how === 'by the pointer') {
        await openDoor(page, home.august)
        const it = plug(page, 'Unplug Connect bridge')
        await it.scrollIntoViewIfNeeded()
        const box = await it.boundingBox()
        if (box === null) throw new Error('The plug is not shown')
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
        await page.mouse.down()
        await page.mouse.move(box.x + box.width / 2, box.y + 30, { steps: 4 })
        // What it would cut stands there before anybody lets go.
        await page.getByText(/Cuts off (\d+ locks|the lock) behind it/).waitFor()
        await page.mouse.move(box.x + box.width / 2, box.y + 80, { steps: 4 })
        await page.mouse.up()
      } else {
        await page.locator(`[data-door="${home.august}"]`).focus()
        await page.keyboard.press('Enter')
        await plug(page, 'Unplug Connect bridge').focus()
        await page.keyboard.press('Enter')
      }
      await bridgeIs(place, false)
      await place.advanceTo(T0 + 41 * hour)
      await agree(page)
      // Its code would have been written 72 hours before.
      await stay(place, home.august, 'Grace', 121, 200)
      await place.advanceTo(T0 + 121.5 * hour)
      await headline(page, 'locked_out', 1)
      const [told] = await place.emulator.disagreements({ kind: 'locked_out' })
      expect(told).toMatchObject({ name: 'Grace', minutes: 30 })
      const report = await place.emulator.report({})
      expect(report.total.locked_out_minutes).toBe(30)
      await page.locator('.door-troubles').getByText('Grace').waitFor()
      const back = plug(page, 'Plug Connect bridge in')
      if (how === 'by the pointer') await back.click()
      else {
        await back.focus()
        await page.keyboard.press('Enter')
      }
      await bridgeIs(place, true)
      await place.advance('1h')
      await agree(page)
      expect(await place.emulator.disagreements({ kind: 'locked_out' })).toEqual([])
    },
    60_000,
  )

  test('a former guest still gets in while the hub of a just-in-time lock is out', async () => {
    const place = open()
    const page = await show(place)
    const { code } = await stay(place, home.smartthings, 'Edsger', 1, 10)
    await place.advance('5h')
    await openDoor(page, home.smartthings)
    await page.getByRole('button', { name: /^Unplug / }).press('Enter')
    await page.getByRole('button', { name: /^Plug .* in$/ }).waitFor()
    await place.advance('6h')
    await headline(page, 'overstay', 1)
    const { text, reason } = await answerOf(page, code ?? '', 'pressed')
    expect(text).toMatch(/^Opens: Edsger’s code, slot \d+\.$/)
    expect(reason).toBeNull()
    const [told] = await place.emulator.disagreements({ kind: 'overstay' })
    await page.locator('.door-troubles').getByText('Edsger').waitFor()
    expect(told?.sentence).toMatch(/still opens .+ because the lock still holds it/)
    await page.getByText('The bridge is not on the network').waitFor()
  })

  test('a slot that is deleted by hand is told as lost before Seam looks, and then the API changes', async () => {
    const place = open()
    const page = await show(place)
    const { access_code_id } = await stay(place, home.august, 'Ada', 1, 100)
    await place.advance('2h')
    await openDoor(page, home.august)
    await page.locator('.memory').getByRole('button', { name: 'Delete' }).click()
    await page.locator('.door-troubles li').waitFor()
    const [lost] = await place.emulator.disagreements()
    expect(lost?.kinds).toContain('lost')
    const before = await place.seam.accessCodes.get({ access_code_id })
    expect(before.status).toBe('set')
    await page.goto(page.url().replace(/#.*|$/, `#/code/${access_code_id}`))
    await page.locator('.code-place[data-status="set"]').waitFor()
    await page.getByText('not held').waitFor()
    // Seam looks every ten minutes.
    await place.advanceTo(T0 + 2 * hour + 10 * minute)
    await page.locator('.code-place[data-status="setting"]').waitFor()
    const told = page.getByRole('region', { name: 'Events' })
    await told.getByText('access_code.deleted_external_to_seam').waitFor()
    await place.advance('1m')
    await page.locator('.code-place[data-status="set"]').waitFor()
    await page.getByText('in slot 1', { exact: true }).waitFor()
  })

  test('the keypad says what the door says: right, wrong until it is deaf, too early, over', async () => {
    const place = open()
    const page = await show(place)
    const { code: now } = await stay(place, home.august, 'Ada', 1, 30)
    const { code: later } = await stay(place, home.august, 'Grace', 20, 40)
    await place.advance('2h')
    await openDoor(page, home.august)
    await page.locator('.chip').nth(1).waitFor()
    expect(await answerOf(page, now ?? '', 'typed')).toEqual({
      text: 'Opens: Ada’s code, slot 1.',
      reason: null,
    })
    const early = await answerOf(page, later ?? '', 'pressed')
    expect(early).toMatchObject({ reason: 'not_yet_valid' })
    expect(early.text).toMatch(/^Refused: valid from .+, it is .+ at the lock\./)
    await place.advanceTo(T0 + 35 * hour)
    const over = await answerOf(page, now ?? '', 'typed')
    // Whether it is still in the memory or was cleared, it equals what the door says.
    const { reason } = await place.emulator.locks.enterCode({
      device_id: home.august,
      code: now ?? '',
    })
    expect(over.reason).toBe(reason)
    let wrong = await answerOf(page, '000001', 'typed')
    for (let n = 0; n < 12 && wrong.reason === 'unknown_code'; n += 1) {
      expect(wrong.text).toContain('the lock does not hold 000001')
      wrong = await answerOf(page, '000001', 'typed')
    }
    expect(wrong.reason).toBe('too_many_attempts')
    expect(wrong.text).toContain('the keypad is deaf until')
    await page.locator('.entries').getByText('was refused: too_many_attempts').first().waitFor()
  })

  test('a battery is dragged empty, or stepped with the arrow keys', async () => {
    const place = open()
    const page = await show(place)
    await openDoor(page, home.august)
    const level = async () => (await place.lock(home.august)).battery?.level
    const before = await level()
    const slider = page.getByRole('slider', { name: 'Battery', exact: true })
    const box = await slider.boundingBox()
    if (box === null) throw new Error('The battery is not shown')
    await page.mouse.move(box.x + box.width - 6, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x - 20, box.y + box.height / 2, { steps: 5 })
    await page.mouse.up()
    await expect.poll(level).toBe(0)
    await slider.focus()
    // Each step while the world tells of the one before: none is taken back.
    for (let step = 1; step <= 5; step += 1) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(level).toBe(step / 100)
    }
    await page.locator('.echo-line').getByText('lock battery').waitFor()
    // Another one puts it back to where it was dragged from.
    await slider.blur()
    await place.emulator.locks.setBattery({ device_id: home.august, level: before ?? 1 })
    await expect.poll(() => slider.inputValue()).toBe(`${(before ?? 1) * 100}`)
  })

  test('a stay is put on it, and nothing is offered that the lock cannot do', async () => {
    const place = open()
    const page = await show(place)
    await openDoor(page, home.august)
    await page.getByRole('button', { name: 'Put a stay on Front Door' }).click()
    const form = page.getByRole('form', { name: 'Put a stay on Front Door' })
    await form.getByLabel('Guest').fill('Ada')
    await form.getByRole('button', { name: 'Create' }).click()
    await form.waitFor({ state: 'detached' })
    const [made] = await place.seam.accessCodes.list({ device_id: home.august })
    expect(made).toMatchObject({ name: 'Ada', type: 'time_bound' })
    // An August lock's keypad can be taken off, a Schlage lock's cannot.
    await page.getByRole('button', { name: 'Take the keypad off' }).click()
    await page.getByText('This lock has no keypad now').waitFor()
    expect(await page.getByRole('button', { name: /^Put a stay/ }).count()).toBe(0)
    await openDoor(page, home.schlage)
    await page.getByRole('button', { name: 'Jam the bolt' }).waitFor()
    expect(await page.getByRole('button', { name: 'Take the keypad off' }).count()).toBe(0)
    expect(await page.getByRole('slider', { name: 'Keypad battery' }).count()).toBe(0)
    // Just in time: the lock keeps no times, so nobody can write any into a slot.
    await openDoor(page, home.smartthings)
    await page.getByRole('button', { name: 'Add as with the manufacturer’s app' }).click()
    await page.locator('.small-form').getByLabel('PIN').waitFor()
    expect(await page.locator('.small-form').getByLabel('From').count()).toBe(0)
  })

  test('a lock of any model is hung, with what its model leaves open', async () => {
    const place = open()
    const page = await show(place)
    await page.getByRole('button', { name: 'Hang a lock' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Model' }).selectOption('schlage')
    expect(await dialog.getByLabel('with its keypad').count()).toBe(0)
    await dialog.getByRole('combobox', { name: 'Model' }).selectOption('august')
    await dialog.getByLabel('with its keypad').uncheck()
    await dialog.getByLabel('Name of the door').fill('Attic')
    await dialog.getByLabel('Place').fill('Old House')
    await dialog.getByRole('button', { name: 'Hang it' }).click()
    await page.getByRole('heading', { name: 'Attic' }).waitFor()
    await page.getByText('This lock has no keypad now').waitFor()
    const { locks = [] } = await place.emulator.world({ parts: ['locks'] })
    expect(locks.find(({ name }) => name === 'Attic')).toMatchObject({
      model: 'august',
      location_name: 'Old House',
      keypad: { is_connected: false },
    })
  })
})
