/** The search: every id, PIN and guest leads to its place. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeConsole } from './console.ts'
import { home } from '../support/place.ts'

const searchFor = async (page: Page, text: string): Promise<void> => {
  await page.keyboard.press('/')
  await page.getByRole('combobox', { name: 'Search' }).fill(text)
}

describeConsole('the search', ({ open, show }) => {
  test('by PIN and by guest leads to the code, by name to the door', async () => {
    const place = open()
    const { access_code_id } = await place.seam.accessCodes.create({
      device_id: home.august,
      name: 'Ada Lovelace',
      code: '4821',
    })
    const page = await show(place)
    for (const text of ['4821', 'lovelace', access_code_id]) {
      await searchFor(page, text)
      await page.getByRole('option', { name: /Ada Lovelace/ }).waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL(`**/#/code/${access_code_id}`)
      await page.goBack()
    }
    await searchFor(page, 'front')
    await page.getByRole('option', { name: /^Front Door/ }).click()
    await page.waitForURL(`**/#/door/${home.august}`)
  })

  test('by the id of an event or of a call goes to its row in Traffic', async () => {
    const place = open()
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Ada' })
    const [call] = await place.emulator.requests.list()
    const page = await show(place)
    await searchFor(page, call?.request_id ?? '')
    await page.getByRole('option', { name: /traffic/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator(`[data-detail="call"][data-id="${call?.request_id}"]`).waitFor()
    const [event_id = ''] = call?.event_ids ?? []
    await searchFor(page, event_id)
    await page.getByRole('option', { name: /traffic/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator(`[data-detail="event"][data-id="${event_id}"]`).waitFor()
  })

  test('says so where nothing has that', async () => {
    const page = await show(open())
    await searchFor(page, 'nobody has this')
    await page.getByText('Nothing has that.').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.getByText('Nothing has that.').count()).toBe(0)
  })
})
