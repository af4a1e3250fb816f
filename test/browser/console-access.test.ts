/** Everybody can use the console: axe on every place, in light and dark, empty and full, narrow and wide. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { home } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { describeConsole } from './console.ts'

const found = z.array(
  z.object({
    id: z.string(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
  }),
)

/** What axe has against the page, by WCAG 2.0 to 2.2, A and AA. */
const violations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source)
  const json = await page.evaluate(`axe
    .run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
    .then((it) => JSON.stringify(it.violations))`)
  return found
    .parse(JSON.parse(String(json)))
    .flatMap(({ id, nodes }) => nodes.map((it) => `${id}: ${it.html} ${it.failureSummary ?? ''}`))
}

/** A stay that is locked out, one that stays on, one that comes; a fault, a webhook, a message. */
const furnish = async (place: Place): Promise<void> => {
  const now = await place.now()
  const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString()
  const stay = (device_id: string, name: string, from: number, to: number) =>
    place.seam.accessCodes.create({ device_id, name, starts_at: at(from), ends_at: at(to) })
  await place.seam.webhooks.create({
    url: `${place.endpoint}/_emulator/inbox/receive/console`,
    event_types: ['*'],
  })
  await place.emulator.faults.create({ on: 'access_code.set', effect: { kind: 'fail' }, times: 1 })
  await stay(home.august, 'Ada', 1, 30)
  await stay(home.smartthings, 'Grace', 1, 4)
  await place.advance('2h')
  await place.unplug(home.smartthings_hub)
  await stay(home.smartthings, 'Edsger', 3, 60)
  await place.advance('20h')
}

/** Every place that the header leads to, and those of each door and code of a furnished world. */
const placesOf = async (page: Page, place: Place): Promise<string[]> => {
  const links = z
    .array(z.string())
    .parse(
      await page.evaluate(
        '[...document.querySelectorAll(".places a")].map((it) => it.getAttribute("href"))',
      ),
    )
  const { locks = [], access_codes } = await place.emulator.world()
  return [
    ...links,
    ...locks.slice(0, 3).map(({ device_id }) => `#/door/${device_id}`),
    ...(access_codes?.access_code_id ?? []).map((id) => `#/code/${id}`),
  ]
}

const goTo = async (page: Page, hash: string): Promise<void> => {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
  const place = hash.replace(/^#\//, '').split('/')[0] ?? ''
  await page.locator(`[data-place="${place}"]`).waitFor({ state: 'attached' })
  await page.locator('main [aria-busy="true"]').waitFor({ state: 'detached' })
}

const check = async (page: Page, hashes: readonly string[]): Promise<void> => {
  const against: Record<string, string[]> = {}
  for (const hash of hashes) {
    await goTo(page, hash)
    const all = await violations(page)
    if (all.length > 0) against[hash] = all
    const width = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
    if (width > 0) against[`${hash} is too wide`] = [String(width)]
  }
  expect(against).toEqual({})
}

describeConsole('everybody and the console', ({ open, show }) => {
  test.each(['light', 'dark'] as const)(
    'axe has nothing against any place, in %s',
    async (colorScheme) => {
      const place = open()
      await furnish(place)
      const page = await show(place, { colorScheme })
      await check(page, await placesOf(page, place))
    },
    60_000,
  )

  test('at 400 % zoom everything is in one column', async () => {
    const place = open()
    await furnish(place)
    // 1,280 by 1,024 at 400 %.
    const page = await show(place, { width: 320, height: 256 })
    await check(page, await placesOf(page, place))
  }, 60_000)

  test('with reduced motion nothing moves', async () => {
    const place = open()
    await furnish(place)
    const page = await show(place, { reducedMotion: 'reduce' })
    await page.locator('.door').first().waitFor()
    expect(await page.evaluate('document.getAnimations().length')).toBe(0)
  })

  test('keys act unless somebody writes or has switched them off', async () => {
    const place = open()
    await furnish(place)
    const page = await show(place)
    await page.keyboard.press('j')
    await page.locator('.door[aria-pressed="true"][data-trouble="locked_out"]').waitFor()
    await page.keyboard.press('t')
    expect(await page.locator('.door').count()).toBe(
      await page.locator('.door[data-trouble]').count(),
    )
    await page.keyboard.press('?')
    await page.getByLabel('Keys act').uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('t')
    expect(await page.getByLabel('only trouble').isChecked()).toBe(true)
  })

  test('PINs are covered for those who share their screen', async () => {
    const place = open()
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Ada', code: '4821' })
    await place.unplug(home.august_bridge)
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Eve', code: '7130' })
    await place.advance('2h')
    const page = await show(place)
    await page.getByRole('button', { name: /locked out now/ }).click()
    await page.getByText('7130').first().waitFor()
    await page.getByRole('button', { name: 'Hide PINs' }).click()
    await page.getByText('••••').first().waitFor()
    expect(await page.locator('body').innerText()).not.toMatch(/7130|4821/)
  })
})

describeConsole(
  'an empty world in the console',
  ({ open, show }) => {
    test.each(['light', 'dark'] as const)(
      'says what to do, and axe has nothing against it or a dialog, in %s',
      async (colorScheme) => {
        const place = open()
        const page = await show(place, { colorScheme })
        await page.getByText('This workspace has no locks').waitFor()
        await check(page, await placesOf(page, place))
        await page.keyboard.press('?')
        await page.getByRole('dialog').waitFor()
        expect(await violations(page)).toEqual([])
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
        await goTo(page, '#/')
        await page.getByRole('button', { name: 'Hang a lock' }).click()
        await page.locator('.door').waitFor()
      },
      60_000,
    )
  },
  { fixture: { name: 'empty', workspace: { name: 'Empty' } } },
)
