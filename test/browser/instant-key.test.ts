/** The page of an instant key in a real browser. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { home } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { describeOnPhone, readable } from './on-a-phone.ts'

describeOnPhone('the page of an instant key', ({ open, openPage }) => {
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

  test.each(['light', 'dark'] as const)(
    'unlocks by the keyboard alone, and can be read in %s',
    async (scheme) => {
      const place = open()
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
    const place = open()
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
    const place = open()
    const { instant_key_url } = await keyOfGuest(place)
    const [first, second] = [await openPage(), await openPage()]
    expect((await first.goto(instant_key_url))?.status()).toBe(200)
    expect((await second.goto(instant_key_url))?.status()).toBe(410)
    expect(await second.getByRole('heading', { level: 1 }).innerText()).toBe('This key is used up')
    expect((await first.reload())?.status()).toBe(200)
  })

  test('shows what people are called as text', async () => {
    const place = open()
    const name = '<script>document.title="owned"</script>'
    const { instant_key_url } = await keyOfGuest(place, name)
    const page = await openPage()
    await page.goto(instant_key_url)
    expect(await page.title()).toBe('Your key')
    expect(await page.getByText(name).count()).toBe(1)
  })
})
