/** What somebody has in hand leads to its place. */
import { expect, test } from 'vitest'
import { home } from '../support/place.ts'
import { describeConsole } from './console.ts'

describeConsole('the search of the console', ({ open, show }) => {
  test('a PIN leads to its code, a name to its door, and a call to its row', async () => {
    const place = open()
    const { access_code_id } = await place.seam.accessCodes.create({
      device_id: home.august,
      name: 'Ada',
      code: '4821',
    })
    const page = await show(place)
    const field = page.getByRole('combobox', { name: 'Search', exact: true })
    await page.keyboard.press('/')
    await page.keyboard.type('4821')
    await page.getByRole('option', { name: /Ada at Front Door/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('[data-place="code"]').waitFor({ state: 'attached' })
    expect(page.url()).toContain(`#/code/${access_code_id}`)
    await field.fill('garage')
    await page.getByRole('option', { name: /Garage Door/ }).click()
    await page.locator('[data-place="door"]').waitFor({ state: 'attached' })
    expect(page.url()).toContain(`#/door/${home.schlage}`)
    const [call] = await place.emulator.requests.list()
    await field.fill(call?.request_id ?? '')
    await field.press('Enter')
    await page.locator('[data-place="traffic"]').waitFor({ state: 'attached' })
    expect(page.url()).toContain(`#/traffic/${call?.request_id}`)
    await page.getByRole('heading', { name: /access_codes\/create/ }).waitFor()
    await field.fill('nobody at all')
    await page.getByText('Nothing has that.').waitFor()
  })
})
