/** How the console begins: what it shows first, where the key goes, and whom it asks. */
import { expect, test } from 'vitest'
import { consoleUrl, describeConsole, doorOf, painted } from './console.ts'
import { home } from '../support/place.ts'

describeConsole('the console, opened', ({ open, show, browser }) => {
  test('shows the doors of the fixture, that all agree, and no key in the address', async () => {
    const place = open()
    const page = await show(place)
    await page.getByText('Every lock agrees').waitFor()
    await doorOf(page, 'Front Door').waitFor()
    expect(page.url()).toBe(`${place.endpoint}/_emulator/console/`)
    expect(await page.evaluate('sessionStorage.getItem("seam-emulator-key")')).toBe(place.api_key)
    // Its own calls are in no journal of the integration's.
    expect(await place.emulator.requests.list()).toEqual([])
  })

  test('a reload keeps the key, and a link goes where it leads', async () => {
    const place = open()
    const page = await show(place, { hash: '#/nowhere' })
    expect(page.url()).toBe(`${place.endpoint}/_emulator/console/#/nowhere`)
    await page.reload()
    await painted(page)
    expect(await page.evaluate('sessionStorage.getItem("seam-emulator-key")')).toBe(place.api_key)
  })

  test('without a key it asks for one, and goes on with that', async () => {
    const { endpoint } = open()
    const page = await browser().newPage()
    await page.goto(endpoint)
    expect(page.url()).toBe(`${endpoint}/_emulator/console/`)
    expect(await page.getByLabel('API key').inputValue()).toBe('seam_test_default')
    await page.getByRole('button', { name: 'Open' }).click()
    await painted(page)
    await page.close()
  })

  test('a key that looks live is refused in the words of the server', async () => {
    const { endpoint } = open()
    const page = await browser().newPage()
    let asked = 0
    page.on('request', (request) => (asked += Number(request.url().endsWith('/stream'))))
    await page.goto(`${endpoint}/_emulator/console/#key=seam_live_secret`)
    await page.getByText('Another key').waitFor()
    // Once: nobody knocks on.
    expect(asked).toBe(1)
    const notice = await page.locator('.notice').innerText()
    expect(notice).toContain('seam_test_')
    expect(notice).not.toContain('secret')
    await page.close()
  })

  test('what happens is seen without a reload', async () => {
    const place = open()
    const page = await show(place)
    const door = doorOf(page, 'Front Door')
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Ada', code: '4821' })
    await place.advance('1m')
    await door.getByText('1/').waitFor()
    expect(page.url()).toBe(consoleUrl(place).replace(/#.*/, ''))
  })
})
