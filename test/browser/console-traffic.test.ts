/** Traffic: what the app did and what it was told, from cause to effect and back. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeConsole } from './console.ts'
import { home } from '../support/place.ts'
import type { Place } from '../support/place.ts'

const detail = (page: Page) => page.locator('[data-detail]')
const chain = (page: Page) => detail(page).getByRole('navigation').getByRole('link')

/** Follows a link of the chain, and waits until what it leads to is shown. */
const followTo = async (page: Page, kind: string): Promise<void> => {
  await detail(page).locator(`[data-kind="${kind}"] a`).first().click()
  await page.locator(`[data-detail="${kind}"]`).waitFor()
}

const withInbox = async (place: Place): Promise<void> => {
  await place.emulator.webhookTo(place.emulator.inbox.url())
}

describeConsole('Traffic', ({ open, show }) => {
  test('leads from a call to its event, delivery and inbox message, and back', async () => {
    const place = open()
    await withInbox(place)
    const page = await show(place, { hash: '#/traffic' })
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Ada', code: '4821' })
    await page.locator('.traffic-line[data-kind="call"]', { hasText: 'Ada' }).click()
    await page.locator('[data-detail="call"]').waitFor()
    // While somebody looks, answers are kept.
    await detail(page).getByRole('region', { name: 'Answer' }).getByText('"4821"').waitFor()
    for (const kind of ['event', 'delivery', 'message', 'call']) await followTo(page, kind)
    expect(await chain(page).count()).toBe(4)
    await page.goBack()
    await page.locator('[data-detail="message"]').waitFor()
    const [message] = await place.emulator.inbox.list()
    expect(await detail(page).innerText()).toContain(message?.message_id ?? 'none')
    expect(await detail(page).innerText()).toContain('svix-signature')
  })

  test('sends again: a second attempt under the same svix-id', async () => {
    const place = open()
    await withInbox(place)
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Ada' })
    await place.emulator.clock.advance('0s')
    const page = await show(place, { hash: '#/traffic' })
    await page.locator('.traffic-line[data-kind="delivery"]').first().click()
    await detail(page).getByRole('button', { name: 'Send again' }).click()
    await page.locator('.traffic-line[data-kind="delivery"]').nth(1).waitFor()
    const messages = await place.emulator.inbox.list()
    expect(messages).toHaveLength(2)
    expect(new Set(messages.map(({ message_id }) => message_id)).size).toBe(1)
    await page.locator('.traffic-line[data-kind="message"]').nth(1).waitFor()
  })

  test('is searched by any id, and an address with an id leads to its row', async () => {
    const place = open()
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Ada' })
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Grace' })
    const [call] = await place.emulator.requests.list()
    const page = await show(place, { hash: `#/traffic/${call?.request_id}` })
    await page.locator(`[data-detail="call"][data-id="${call?.request_id}"]`).waitFor()
    await page.getByRole('searchbox', { name: /Search bodies/ }).fill(call?.event_ids[0] ?? '')
    await page.locator('[data-rows="2"]').waitFor()
    await page.getByRole('button', { name: 'Calls' }).click()
    await page.locator('[data-rows="1"]').waitFor()
  })

  test('shows hostile names as text', async () => {
    const place = open()
    const name = '<img src=x onerror=document.title="owned">'
    await place.seam.accessCodes.create({ device_id: home.august, name })
    const page = await show(place, { hash: '#/traffic' })
    await page.locator('.traffic-line[data-kind="call"]', { hasText: name }).click()
    await page.locator('[data-detail="call"]').waitFor()
    expect(await detail(page).innerText()).toContain('onerror')
    expect(await page.locator('main img').count()).toBe(0)
  })

  test('tells an app that has not called how to come here', async () => {
    const page = await show(open(), { hash: '#/traffic' })
    await page.getByText('Your app has not called this workspace').waitFor()
  })

  test('has few rows in the page, however many there are', async () => {
    const place = open()
    for (let n = 0; n < 30; n++) {
      await place.seam.accessCodes.create({ device_id: home.august, name: `Guest ${n}` })
    }
    await place.advance('1h')
    const page = await show(place, { hash: '#/traffic' })
    const all = Number(await page.locator('[data-rows]').getAttribute('data-rows'))
    expect(all).toBeGreaterThan(80)
    expect(await page.locator('.traffic-line').count()).toBeLessThan(50)
    await page.evaluate('document.querySelector(".windowed").scrollTo(0, 1e9)')
    await page.locator('.traffic-line', { hasText: 'Guest 0' }).first().waitFor()
  })
})
