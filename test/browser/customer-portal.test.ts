/** A customer's portal in a real browser. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { day, home, iso, minute, startPlaces, T0 } from '../support/place.ts'
import { chromiumPath, openBrowser, whyNoBrowser } from './chromium.ts'
import { CONTRAST, contrasts } from './contrasts.ts'

const isHere = chromiumPath !== undefined

describe.skipIf(!isHere)(`a customer's portal${isHere ? '' : ` (${whyNoBrowser})`}`, () => {
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

  const openPage = async (colorScheme: 'light' | 'dark'): Promise<Page> => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width: 320, height: 640 },
    })
    contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    return page
  }

  const readable = async (page: Page) => {
    const measured: unknown = JSON.parse(String(await page.evaluate(contrasts)))
    const low = Object.entries(measured ?? {}).filter(([, value]) => Number(value) < CONTRAST)
    expect(low).toEqual([])
    const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
    expect(width).toBeLessThanOrEqual(320)
  }

  test.each(['light', 'dark'] as const)(
    'shows stays, PINs and doors, is walked through by keyboard, and can be read in %s',
    async (scheme) => {
      const place = emulator.open()
      await place.seam.spaces.create({ space_key: 'u1', name: 'Flat', device_ids: [home.august] })
      const stay = { starts_at: iso(T0), ends_at: iso(T0 + day), guest_key: 'g' }
      const customer_data = {
        customer_key: 'sunny',
        guests: [{ guest_key: 'g', name: 'Ada Guest' }],
        units: [{ unit_key: 'u1', name: 'Flat' }],
        reservations: [
          { reservation_key: 'r1', ...stay, unit_keys: ['u1'] },
          { reservation_key: 'r2', ...stay, unit_keys: ['nowhere'] },
        ],
      }
      const { url } = await place.seam.customers.createPortal({ customer_data })
      const page = await openPage(scheme)
      await page.goto(url)
      expect(await page.getByText('Access is being prepared.').count()).toBe(2)
      await place.advance(minute)
      await page.reload()
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('sunny')
      expect(await page.locator('html').getAttribute('lang')).toBe('en')
      expect(await page.locator('#reservation-r1').innerText()).toMatch(/PIN \d{4,9}/)
      expect(await page.locator('#reservation-r1').innerText()).toContain('Issued')
      expect(await page.locator('#reservation-r2').innerText()).toContain('No access:')
      await readable(page)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      expect(page.url()).toMatch(/#stays$/)
      await place.advance(7 * day)
      await page.reload()
      expect(await page.getByRole('alert').innerText()).toContain('seven days')
      await readable(page)
    },
  )
})
