// Takes the pictures of the console that the README and its guide show, in light and in dark: npm run pictures.
// They are kept with 256 colours, so that a clone stays small.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { connectEmulator } from '../src/index.ts'
import { startEmulator } from '../src/emulator.ts'
import { openBrowser } from '../test/browser/chromium.ts'

const size = { width: 1_280, height: 800 }
const HOUR = 3_600_000
const guests = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Radia', 'Linus', 'Margaret']

const emulator = await startEmulator({
  port: 0,
  host: '127.0.0.1',
  db: ':memory:',
  fixture: 'short-term-rental',
  clock: { mode: 'frozen', at: Date.UTC(2025, 0, 1) },
  api_key: 'seam_test_pictures',
  check_responses: false,
})
const { endpoint, api_key } = emulator
const control = connectEmulator({ endpoint, apiKey: api_key })

const seam = async (path: string, body: object): Promise<unknown> => {
  const headers = { authorization: `Bearer ${api_key}`, 'content-type': 'application/json' }
  const response = await fetch(endpoint + path, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return await response.json()
}

/** Nine days of stays at every lock; two bridges go out on the second day. */
const tellStory = async (): Promise<void> => {
  const { locks = [] } = await control.world({ parts: ['locks'] })
  for (const [nth, { device_id }] of locks.entries()) {
    let at = Date.UTC(2025, 0, 1) + (3 + (nth % 9)) * HOUR
    for (let stay = 0; stay < 9; stay++) {
      const ends = at + (24 + ((nth * 7 + stay * 13) % 60)) * HOUR
      await seam('/access_codes/create', {
        device_id,
        name: guests[(nth + stay) % guests.length],
        starts_at: new Date(at).toISOString(),
        ends_at: new Date(ends).toISOString(),
      })
      at = ends + 6 * HOUR
    }
  }
  await control.clock.advance({ by: '30h' })
  const bridges = await control.bridges.list()
  for (const it of [bridges[0], bridges.at(-1)]) {
    if (it !== undefined) await control.bridges.unplug({ bridge_id: it.bridge_id })
  }
  await control.clock.advance({ by: '186h' })
}

/** The picture's pixels, as the browser decodes them: RGBA. */
const pixelsOf = async (page: Page, png: Buffer): Promise<Buffer> => {
  const text = await page.evaluate(`(async () => {
    const bytes = Uint8Array.fromBase64('${png.toString('base64')}')
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    context.drawImage(bitmap, 0, 0)
    return new Uint8Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer).toBase64()
  })()`)
  return Buffer.from(z.string().parse(text), 'base64')
}

const apart = (a: number, b: number): number =>
  ((a >> 16) - (b >> 16)) ** 2 +
  (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 +
  ((a & 255) - (b & 255)) ** 2

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** The same with the 256 colours that are most used; each other one becomes the nearest of them. */
const smallPng = (rgba: Buffer): Buffer => {
  const count = new Map<number, number>()
  const colourAt = (at: number): number => (rgba.readUInt32BE(at) >>> 8) & 0xffffff
  for (let at = 0; at < rgba.length; at += 4) {
    count.set(colourAt(at), (count.get(colourAt(at)) ?? 0) + 1)
  }
  const palette = [...count]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 256)
    .map(([it]) => it)
  const places = new Map(palette.map((colour, at) => [colour, at]))
  const placeOf = (colour: number): number => {
    const known = places.get(colour)
    if (known !== undefined) return known
    let best = 0
    for (const [at, it] of palette.entries()) {
      if (apart(it, colour) < apart(palette[best] ?? 0, colour)) best = at
    }
    places.set(colour, best)
    return best
  }
  const rows = Buffer.alloc(size.height * (size.width + 1))
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      rows[y * (size.width + 1) + x + 1] = placeOf(colourAt((y * size.width + x) * 4))
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size.width, 0)
  head.writeUInt32BE(size.height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((it) => [it >> 16, (it >> 8) & 255, it & 255]))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

await tellStory()
const [trouble] = (await control.disagreements()).filter(({ kind }) => kind === 'locked_out')
if (!trouble?.access_code_id) throw new Error('Nobody is locked out: the story has changed')
/** Name of the picture, address of the place, and what is there once it is whole. */
const places = [
  ['console-door', `door/${trouble.device_id}`, '.keypad'],
  ['console-code', `code/${trouble.access_code_id}`, 'main table'],
  ['console-lock-outs', 'lockouts', 'main table'],
] as const
const browser = await openBrowser()
const tools = await browser.newPage()
const folder = join(import.meta.dirname, '../docs/pictures')
mkdirSync(folder, { recursive: true })
for (const colorScheme of ['light', 'dark'] as const) {
  const context = await browser.newContext({
    viewport: size,
    colorScheme,
    locale: 'en-GB',
    timezoneId: 'UTC',
  })
  const page = await context.newPage()
  await page.goto(`${endpoint}/_emulator/console/#key=${api_key}`)
  await page.locator('.timeline[data-loaded="true"] .tl-row').nth(5).waitFor()
  await page.getByLabel('only trouble').check()
  await page.locator('.door[data-trouble="locked_out"]').first().click()
  await page.locator('.tl-door[aria-selected="true"]').waitFor()
  const take = async (name: string): Promise<void> => {
    const png = await page.screenshot({ animations: 'disabled' })
    writeFileSync(join(folder, `${name}-${colorScheme}.png`), smallPng(await pixelsOf(tools, png)))
  }
  await take('console')
  for (const [name, place, shown] of places) {
    await page.goto(`${endpoint}/_emulator/console/#/${place}`)
    await page.locator(shown).first().waitFor()
    await take(name)
  }
  await context.close()
}
await browser.close()
await control.close()
await emulator.close()
