/** The console in a real browser: one emulator and one Chromium for the tests of a file. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import type { EmulatorSettings } from '../../src/emulator.ts'
import { startPlaces } from '../support/place.ts'
import type { Place, Places } from '../support/place.ts'
import { chromiumPath, openBrowser, whyNoBrowser } from './chromium.ts'

interface View {
  /** Where to go, such as `#/traffic`; the start when not given. */
  hash?: string
  colorScheme?: 'light' | 'dark'
  reducedMotion?: 'reduce'
  width?: number
  height?: number
  /** In the browser profile of another page, as a tab beside it. */
  beside?: Page
}

/** What the tests of a file have in common. */
export interface Stage {
  /** The workspace of the current test, or of a label. */
  readonly open: Places['open']
  readonly running: () => Places['running']
  readonly browser: () => Browser
  /** The console of a workspace, painted and live. */
  readonly show: (place: Place, view?: View) => Promise<Page>
  /** What pages asked of other hosts, and what went wrong in them; each test must leave it empty. */
  readonly troubles: string[]
}

/** The root says what the page has seen. */
const root = '.app'

/** Waits until the page is live and has painted its place. */
export const painted = async (page: Page): Promise<void> => {
  await page.locator(`${root}[data-connection="live"]`).waitFor()
  await page.locator(`${root} [data-place]`).waitFor({ state: 'attached' })
}

/** A door of the start, by its lock's name. */
export const doorOf = (page: Page, name: string): Locator =>
  page.locator('.door').filter({ has: page.getByText(name, { exact: true }) })

const watchTroubles = (page: Page, troubles: string[]): void => {
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('console', (message) => {
    // Refused calls are told as errors as well: those are what some tests are about.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      troubles.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!/^(http:\/\/(localhost|127\.0\.0\.1):|data:)/.test(request.url()))
      troubles.push(`asked ${request.url()}`)
  })
}

/** Where a place of the console is. */
export const consoleUrl = ({ endpoint, api_key }: Place, hash = ''): string =>
  `${endpoint}/_emulator/console/#key=${api_key}${hash.replace(/^#/, '')}`

/** Tests of the console; skipped with a word where the machine has no browser. */
export const describeConsole = (
  name: string,
  tests: (stage: Stage) => void,
  settings: Partial<EmulatorSettings> = {},
): void => {
  const isHere = chromiumPath !== undefined
  describe.skipIf(!isHere)(`${name}${isHere ? '' : ` (${whyNoBrowser})`}`, () => {
    let places: Places
    let browser: Browser
    const contexts: BrowserContext[] = []
    const troubles: string[] = []
    beforeAll(async () => {
      ;[places, browser] = await Promise.all([startPlaces(settings), openBrowser()])
    })
    afterEach(async () => {
      for (const context of contexts.splice(0)) await context.close()
      expect(troubles.splice(0)).toEqual([])
    })
    afterAll(async () => {
      await browser.close()
      await places.stop()
    })
    const show = async (place: Place, view: View = {}): Promise<Page> => {
      const { colorScheme = 'light', width = 1_440, height = 900, reducedMotion } = view
      const context =
        view.beside?.context() ??
        (await browser.newContext({
          colorScheme,
          viewport: { width, height },
          ...(reducedMotion !== undefined && { reducedMotion }),
        }))
      if (view.beside === undefined) contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      watchTroubles(page, troubles)
      await page.goto(consoleUrl(place, view.hash))
      await painted(page)
      return page
    }
    tests({
      open: (label) => places.open(label),
      running: () => places.running,
      browser: () => browser,
      show,
      troubles,
    })
  })
}
