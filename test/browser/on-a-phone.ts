/** Pages that people open on a phone: one emulator and one Chromium for the tests of a file. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import { startPlaces } from '../support/place.ts'
import type { Places } from '../support/place.ts'
import { chromiumPath, openBrowser, whyNoBrowser } from './chromium.ts'
import { CONTRAST, contrasts } from './contrasts.ts'

const WIDTH = 320

/** What the tests of a file have in common. */
interface Stage {
  /** The workspace of the current test. */
  readonly open: () => ReturnType<Places['open']>
  /** A page as narrow as they come. */
  readonly openPage: (colorScheme?: 'light' | 'dark') => Promise<Page>
}

/** Skipped with a word where the machine has no browser. */
export const describeOnPhone = (name: string, tests: (stage: Stage) => void): void => {
  const isHere = chromiumPath !== undefined
  describe.skipIf(!isHere)(`${name}${isHere ? '' : ` (${whyNoBrowser})`}`, () => {
    let places: Places
    let browser: Browser
    const contexts: BrowserContext[] = []
    beforeAll(async () => {
      ;[places, browser] = await Promise.all([startPlaces(), openBrowser()])
    })
    afterEach(async () => {
      for (const context of contexts.splice(0)) await context.close()
    })
    afterAll(async () => {
      await browser.close()
      await places.stop()
    })
    tests({
      open: () => places.open(),
      openPage: async (colorScheme = 'light') => {
        const context = await browser.newContext({
          colorScheme,
          viewport: { width: WIDTH, height: 640 },
        })
        contexts.push(context)
        const page = await context.newPage()
        page.setDefaultTimeout(10_000)
        return page
      },
    })
  })
}

/** Every text can be read, and nothing stands beside the screen. */
export const readable = async (page: Page): Promise<void> => {
  const measured: unknown = JSON.parse(String(await page.evaluate(contrasts)))
  const low = Object.entries(measured ?? {}).filter(([, value]) => Number(value) < CONTRAST)
  expect(low).toEqual([])
  const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
  expect(width).toBeLessThanOrEqual(WIDTH)
}
