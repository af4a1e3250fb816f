/** The console while things happen elsewhere: restarts, restored worlds, many tabs. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { home, startPlaces } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { describeConsole, doorOf, painted } from './console.ts'

const codeOn = (place: Place, code: string, device_id: string = home.august) =>
  place.seam.accessCodes.create({ device_id, name: `Guest ${code}`, code })

/** What the memory of a door holds, as its picture says. */
const memory = (page: Page, name: string, used: number) =>
  doorOf(page, name)
    .locator('.door-memory')
    .getByText(new RegExp(`^${used}/`))

/** How many streams a page has opened. */
const countStreams = (pages: { opened: string[] }, page: Page): void => {
  page.on('request', (request) => {
    if (request.url().endsWith('/_emulator/stream')) pages.opened.push(request.url())
  })
}

describeConsole('the console, live', ({ open, show, troubles }) => {
  test('the emulator stops and starts again on its file: the page goes on by itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'seam-emulator-console-'))
    const db = join(folder, 'world.db')
    const first = await startPlaces({ db })
    const { port } = first.running
    const place = first.open('restart')
    await codeOn(place, '4821')
    await place.advance('1m')
    const page = await show(place)
    await memory(page, 'Front Door', 1).waitFor()
    await page.evaluate('window.stillHere = true')
    await first.stop()
    await page.locator('.app[data-connection="lost"]').waitFor()
    await page.getByText('Start it again with npx seam-emulator start').waitFor()
    // What was known stays in sight.
    await memory(page, 'Front Door', 1).waitFor()
    const second = await startPlaces({ db, port })
    const again = second.open('restart')
    await painted(page)
    await codeOn(again, '1593')
    await again.advance('1m')
    await memory(page, 'Front Door', 2).waitFor()
    expect(await doorOf(page, 'Front Door').count()).toBe(1)
    expect(await page.evaluate('window.stillHere')).toBe(true)
    await page.close()
    await second.stop()
    rmSync(folder, { recursive: true, force: true })
    troubles.length = 0
  })

  test('a snapshot that is restored, and a reset, are followed and told', async () => {
    const place = open()
    await place.emulator.snapshots.create({ name: 'before' })
    const page = await show(place)
    await codeOn(place, '4821')
    await place.advance('1m')
    await memory(page, 'Front Door', 1).waitFor()
    await place.emulator.snapshots.restore({ name: 'before' })
    await memory(page, 'Front Door', 0).waitFor()
    await page.getByText('A snapshot was restored').waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await place.emulator.workspaces.reset({})
    await page.getByText('This workspace was reset').waitFor()
  })

  test('twelve tabs have one stream, all change, and go on when the first one is closed', async () => {
    const place = open()
    const streams = { opened: [] as string[] }
    const first = await show(place)
    first.context().on('page', (page) => countStreams(streams, page))
    const tabs: Page[] = []
    for (let tab = 1; tab < 12; tab++) tabs.push(await show(place, { beside: first }))
    // The first one opened the stream before anybody counted: no other did.
    expect(streams.opened).toEqual([])
    await codeOn(place, '4821')
    await place.advance('1m')
    await Promise.all([first, ...tabs].map((page) => memory(page, 'Front Door', 1).waitFor()))
    await first.close()
    await expect.poll(() => streams.opened.length).toBe(1)
    await codeOn(place, '1593')
    await place.advance('1m')
    await Promise.all(tabs.map((page) => memory(page, 'Front Door', 2).waitFor()))
    expect(streams.opened).toHaveLength(1)
  })

  test('a workspace that is deleted is told of, and not made anew by looking at it', async () => {
    const place = open()
    // A place that asks for nothing: a call that is under way when the workspace goes opens it again.
    const page = await show(place, { hash: '#/nowhere' })
    const asked = `performance.getEntriesByType('resource').some((it) => it.name.endsWith('/world'))`
    await expect.poll(() => page.evaluate(asked)).toBe(true)
    const calls: string[] = []
    page.on('request', (request) => calls.push(request.url()))
    await place.emulator.workspaces.delete()
    await page.getByText('This workspace was deleted.').waitFor()
    expect(await page.locator('.app').getAttribute('data-connection')).toBe('gone')
    const workspaces = await open('another').emulator.workspaces.list()
    expect(workspaces.map((it) => it.api_key)).not.toContain(place.api_key)
    expect(calls).toEqual([])
  })

  test('each frame is one step of what the page says it has seen', async () => {
    const place = open()
    const page = await show(place)
    const before = Number(await page.locator('.app').getAttribute('data-seq'))
    await place.unplug(home.august_bridge)
    const line = doorOf(page, 'Front Door')
    await line.locator('[data-cable="broken"]').first().waitFor({ state: 'attached' })
    expect(Number(await page.locator('.app').getAttribute('data-seq'))).toBeGreaterThan(before)
    await place.plug(home.august_bridge)
    await line.locator('[data-cable="whole"]').first().waitFor({ state: 'attached' })
  })

  test('a guest who is locked out stands before the door, and is counted', async () => {
    const place = open()
    const page = await show(place)
    await place.unplug(home.smartthings_hub)
    const now = await place.now()
    const at = (hours: number): string => new Date(now + hours * 3_600_000).toISOString()
    await place.seam.accessCodes.create({
      device_id: home.smartthings,
      name: 'Edsger',
      code: '4821',
      starts_at: at(1),
      ends_at: at(49),
    })
    await place.advance('3h')
    await page.getByText('guest locked out now').waitFor()
    const troubled = page.locator('.door[data-trouble="locked_out"]')
    expect(await troubled.locator('[data-figure="locked_out"]').count()).toBe(1)
    expect(await troubled.locator('.door-status').innerText()).toBe('locked out 2 h')
    // Plugged in again, it takes the code, and the number falls.
    await place.plug(home.smartthings_hub)
    await place.advance('20m')
    await page.getByText('Every lock agrees').waitFor()
  })
})
