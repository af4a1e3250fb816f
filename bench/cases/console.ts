/** The console in a browser: how soon it is painted, how smoothly it moves, how much it holds. */
import { z } from 'zod'
import type { CDPSession, Page } from 'playwright-core'
import { chromiumPath, openBrowser, whyNoBrowser } from '../../test/browser/chromium.ts'
import type { Bench, BenchCase } from '../lib/bench.ts'
import { call, okShape } from '../lib/client.ts'
import type { Target } from '../lib/client.ts'
import { advance } from '../lib/control.ts'
import { goal, medianOf, record } from '../lib/report.ts'
import { percentile } from '../lib/stats.ts'

const HOUR = 3_600_000
const T0 = Date.UTC(2025, 0, 1)

const devices = z.object({ devices: z.array(z.object({ device_id: z.string() })) })
const bridges = z.object({ bridges: z.array(z.object({ bridge_id: z.string() })) })

interface Furnished {
  locks: number
  codes: number
  /** A bridge to be plugged and unplugged. */
  bridge_id: string
}

/** Stays one after the other at forty locks, nine days of them, the last days without two bridges. */
const furnish = async (target: Target, perLock: number): Promise<Furnished> => {
  const { devices: locks } = await call(target, '/devices/list', {}, devices)
  let codes = 0
  for (const [nth, { device_id }] of locks.entries()) {
    let at = T0 + (3 + (nth % 9)) * HOUR
    for (let stay = 0; stay < perLock; stay++) {
      const ends = at + (24 + ((nth * 7 + stay * 13) % 60)) * HOUR
      const [starts_at, ends_at] = [new Date(at).toISOString(), new Date(ends).toISOString()]
      const body = { device_id, name: `Guest ${stay}`, starts_at, ends_at }
      // Some locks of the fixture take no codes, which is one of its points.
      const done = await call(target, '/access_codes/create', body, okShape).catch(() => null)
      if (done !== null) codes++
      at = ends + 6 * HOUR
    }
  }
  await advance(target, { by: '30h' })
  const all = (await call(target, '/_emulator/bridges/list', {}, bridges)).bridges
  for (const it of [all[0], all.at(-1)]) {
    await call(target, '/_emulator/bridges/unplug', { bridge_id: it?.bridge_id }, okShape)
  }
  await advance(target, { by: '186h' })
  return { locks: locks.length, codes, bridge_id: all[1]?.bridge_id ?? '' }
}

/** Notes when doors and verdict are there, ms since the navigation began; and when a cable is another one. */
const watching = `
  window.painted = null
  window.cables = []
  const look = () => {
    if (window.painted === null && document.querySelector('.verdict[data-total]') && document.querySelector('.door')) {
      requestAnimationFrame(() => { window.painted ??= performance.now() })
    }
  }
  new MutationObserver((all) => {
    look()
    if (all.some((it) => it.attributeName === 'data-cable')) {
      requestAnimationFrame(() => window.cables.push(performance.timeOrigin + performance.now()))
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-cable', 'data-total'] })
`

/** The page's policy lets no text become a function there, so the condition is looked at in one call. */
const until = (page: Page, condition: string): Promise<unknown> =>
  page.evaluate(`new Promise((resolve) => {
    const look = () => ((${condition}) ? resolve(null) : requestAnimationFrame(look))
    look()
  })`)

/** Lengths of the frames while something is done before each of them, ms. */
const framesOf = async (page: Page, step: string): Promise<number[]> =>
  z.array(z.number()).parse(
    await page.evaluate(`new Promise((resolve) => {
      const lengths = []
      let last = performance.now()
      const next = (now) => {
        lengths.push(now - last)
        last = now
        if (lengths.length > 120) return resolve(lengths.slice(1))
        ;(${step})(lengths.length)
        requestAnimationFrame(next)
      }
      requestAnimationFrame(next)
    })`),
  )

const key = (name: string): string =>
  `dispatchEvent(new KeyboardEvent('keydown', { key: '${name}', bubbles: true }))`

const gestures = {
  scroll: `() => { document.querySelector('.tl-scroller').scrollTop += 170 }`,
  pan: `(n) => { ${key('ArrowLeft').replace("'ArrowLeft'", "n % 80 < 40 ? 'ArrowLeft' : 'ArrowRight'")} }`,
  zoom: `(n) => { ${key('+').replace("'+'", "n % 24 < 12 ? '+' : '-'")} }`,
}

const metrics = z.object({
  metrics: z.array(z.object({ name: z.string(), value: z.number() })),
})

/** The processor time of the page's main thread so far, ms: it does not depend on what else runs here. */
const worked = async (session: CDPSession): Promise<number> => {
  const told = metrics.parse(await session.send('Performance.getMetrics'))
  return (told.metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
}

const numberOf = async (page: Page, script: string): Promise<number> =>
  z.number().parse(await page.evaluate(script))

/** From a call to the pixels that it changes. */
const changes = async (page: Page, target: Target, bridge_id: string): Promise<number[]> => {
  const lasted: number[] = []
  for (let time = 0; time < 20; time++) {
    await page.evaluate('window.cables.length = 0')
    const begun = performance.timeOrigin + performance.now()
    const path = time % 2 === 0 ? 'unplug' : 'plug'
    await call(target, `/_emulator/bridges/${path}`, { bridge_id }, okShape)
    await until(page, 'window.cables.length > 0')
    lasted.push((await numberOf(page, 'window.cables[0]')) - begun)
  }
  return lasted
}

const measure = async (bench: Bench, target: Target, { codes, bridge_id }: Furnished) => {
  const note = `${codes.toLocaleString('en-US')} codes`
  const noted = (name: string, unit: 'ms' | 'count' | 'MB', value: number): void =>
    record(bench.report, { name: `console ${name}`, who: 'emulator', unit, note }, value)
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } })
    await page.addInitScript(watching)
    await page.goto(`${target.url}/_emulator/console/#key=${target.key}`)
    await until(page, 'window.painted !== null')
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    noted('painted', 'ms', await numberOf(page, 'window.painted'))
    await page.locator('.timeline[data-loaded="true"] .tl-row').nth(5).waitFor()
    for (const [name, step] of Object.entries(gestures)) {
      const before = await worked(session)
      const frames = await framesOf(page, step)
      noted(`frame, ${name} (p95)`, 'ms', percentile(frames, 0.95))
      noted(`processor a frame, ${name}`, 'ms', ((await worked(session)) - before) / frames.length)
    }
    const lasted = await changes(page, target, bridge_id)
    noted('change to pixels (p95)', 'ms', percentile(lasted, 0.95))
    noted('nodes', 'count', await numberOf(page, 'document.querySelectorAll("*").length'))
    noted('heap', 'MB', (await numberOf(page, 'performance.memory.usedJSHeapSize')) / 1e6)
  } finally {
    await browser.close()
  }
}

export const consolePage: BenchCase = {
  name: 'console',
  about: 'the console over forty locks and 2,000 codes, in Chromium',
  emulator_only: true,
  run: async (bench) => {
    if (chromiumPath === undefined) {
      bench.report.remarks.push(`console not measured: ${whyNoBrowser}`)
      return
    }
    const server = await bench.start('emulator', {
      SEAM_EMULATOR_FIXTURE: 'short-term-rental',
      SEAM_EMULATOR_CLOCK: `frozen@${new Date(T0).toISOString()}`,
    })
    try {
      const target = { url: server.url, key: 'seam_test_default' }
      const furnished = await furnish(target, bench.quick ? 10 : 50)
      for (let round = 0; round < bench.rounds; round++) await measure(bench, target, furnished)
    } finally {
      await server.stop()
    }
    const of = (name: string) => medianOf(bench.report, `console ${name}`, 'emulator')
    goal(bench.report, 'console painted, ms', of('painted'), 'most', 600)
    goal(bench.report, 'console change to pixels, ms', of('change to pixels (p95)'), 'most', 100)
    for (const name of Object.keys(gestures)) {
      const text = `console frame while ${name}, p95 ms`
      goal(bench.report, text, of(`frame, ${name} (p95)`), 'most', 20)
    }
    goal(bench.report, 'console nodes', of('nodes'), 'most', 2_500)
    goal(bench.report, 'console heap, MB', of('heap'), 'most', 60)
  },
}
