/** The machine's own Chromium; these tests bring none. */
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const candidates = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Where Chromium is; undefined when the machine has none. */
export const chromiumPath = candidates.find((path) => path !== undefined && existsSync(path))

export const whyNoBrowser =
  'no Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH'

// Where nobody looks at what was skipped, nothing is.
if (chromiumPath === undefined && process.env['CI'] === 'true') throw new Error(whyNoBrowser)

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath ?? '',
    // Containers often run tests as root, which Chromium's sandbox refuses.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
