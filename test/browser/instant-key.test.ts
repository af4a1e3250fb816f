/** The page of an instant key in a real browser. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { home, startPlaces } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { chromiumPath, openBrowser, whyNoBrowser } from './chromium.ts'
import { CONTRAST, contrasts } from './contrasts.ts'

const isHere = chromiumPath !== undefined

describe.skipIf(!isHere)(`the page of an instant key${isHere ? '' : ` (${whyNoBrowser})`}`, () => {
  let emulator: Awaited<ReturnType<typeof startPlaces>>
  let browser: Browser
  const contexts: BrowserContext[] = []

  beforeAll(async () => {
    emulator = await startPlaces()
    browser = await openBrowser()
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
  })
  afterAll(async () => {
    await browser.close()
    await emulator.stop()
  })

  const openPage = async (colorScheme: 'light' | 'dark' = 'light'): Promise<Page> => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 320, height: 640 },
    })
    contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    return page
  }

  const keyOfGuest = async ({ seam }: Place, full_name = 'Ann Guest') => {
    const { user_identity_id } = await seam.userIdentities.create({ full_name })
    for (const device_id of [home.august, home.schlage])
      await seam.userIdentities.grantAccessToDevice({ user_identity_id, device_id })
    return seam.userIdentities.generateInstantKey({ user_identity_id })
  }

  const screenshot = async (page: Page, name: string) => {
    const shots = process.env['SCREENSHOTS']
    if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` })
  }

  const readable = async (page: Page) => {
    const measured: unknown = JSON.parse(String(await page.evaluate(contrasts)))
    const low = Object.entries(measured ?? {}).filter(([, value]) => Number(value) < CONTRAST)
    expect(low).toEqual([])
    const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
    expect(width).toBeLessThanOrEqual(320)
  }

  test.each(['light', 'dark'] as const)(
    'unlocks by the keyboard alone, and can be read in %s',
    async (scheme) => {
      const place = emulator.open()
      const { instant_key_url } = await keyOfGuest(place)
      const page = await openPage(scheme)
      await page.goto(instant_key_url)
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Your key')
      expect(await page.getByRole('listitem').count()).toBe(2)
      expect(await page.locator('html').getAttribute('lang')).toBe('en')
      await readable(page)
      await screenshot(page, `key-${scheme}`)
      await page.keyboard.press('Tab')
      const focused = await page.evaluate('document.activeElement.getAttribute("aria-label")')
      expect(String(focused)).toMatch(/^Unlock /)
      await page.keyboard.press('Enter')
      expect(await page.getByRole('status').innerText()).toContain('is unlocked.')
      expect(await page.title()).toContain('is unlocked.')
      expect((await place.lock(home.august)).bolt.locked).toBe(false)
      await readable(page)
      await screenshot(page, `unlocked-${scheme}`)
    },
  )

  test('tells a person whose door is away, and one whose key is gone', async () => {
    const place = emulator.open()
    const { instant_key_url, instant_key_id } = await keyOfGuest(place)
    const page = await openPage('dark')
    await page.goto(instant_key_url)
    await place.unplug(home.august_bridge)
    await page.getByRole('button').first().click()
    expect(await page.getByRole('alert').innerText()).toContain('was not unlocked')
    await readable(page)
    await screenshot(page, 'offline-dark')
    await place.seam.instantKeys.delete({ instant_key_id })
    const answer = await page.reload()
    expect(answer?.status()).toBe(404)
    await readable(page)
    await screenshot(page, 'gone-dark')
  })

  test('opens in one browser when it may be used once', async () => {
    const place = emulator.open()
    const { instant_key_url } = await keyOfGuest(place)
    const [first, second] = [await openPage(), await openPage()]
    expect((await first.goto(instant_key_url))?.status()).toBe(200)
    expect((await second.goto(instant_key_url))?.status()).toBe(410)
    expect(await second.getByRole('heading', { level: 1 }).innerText()).toBe('This key is used up')
    expect((await first.reload())?.status()).toBe(200)
  })

  test('shows what people are called as text', async () => {
    const place = emulator.open()
    const name = '<script>document.title="owned"</script>'
    const { instant_key_url } = await keyOfGuest(place, name)
    const page = await openPage()
    await page.goto(instant_key_url)
    expect(await page.title()).toBe('Your key')
    expect(await page.getByText(name).count()).toBe(1)
  })
})
