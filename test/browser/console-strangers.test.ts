/** What strangers write stays text, and what strangers' pages ask for is refused. */
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { consoleUrl, describeConsole } from './console.ts'

const hostile = [
  '<img src=x onerror="document.title=\'owned\'">',
  '"><script>document.title="owned"</script>',
  'x'.repeat(50),
  'שלום ‮ drawkcab',
  '🏠🔑 {{constructor.constructor("document.title=1")()}}',
]

describeConsole('the console and strangers', ({ open, show, browser, troubles }) => {
  test('names appear as text, nothing of them runs, and the policy has nothing to report', async () => {
    const place = open()
    const page = await show(place)
    await page.evaluate(
      'window.reports = []; addEventListener("securitypolicyviolation", (it) => window.reports.push(it.violatedDirective))',
    )
    for (const name of hostile) {
      const device_id = await place.hang('yale', { name })
      await place.raw('/access_codes/create', { device_id, name, code: '4821' })
      await page.locator('.door-name').getByText(name, { exact: true }).waitFor()
    }
    expect(await page.title()).toBe('Now – seam-emulator')
    expect(await page.locator('main img, main script').count()).toBe(0)
    expect(await page.evaluate('window.reports')).toEqual([])
  })

  test('another page can neither read the stream nor show the console in a frame', async () => {
    const place = open()
    const stream = `${place.endpoint}/_emulator/stream`
    const site = createServer((_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end(`<iframe src="${consoleUrl(place)}"></iframe>`)
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    const address = site.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const context = await browser().newContext()
    await context.route('http://evil.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<iframe src="${consoleUrl(place)}"></iframe>`,
      }),
    )
    for (const origin of ['http://evil.example/', `http://localhost:${port}/`]) {
      const page = await context.newPage()
      await page.goto(origin.replace('localhost', '127.0.0.1').replace('127.0.0.1:0', ''))
      const read = await page.evaluate(
        `fetch(${JSON.stringify(stream)}, { headers: { authorization: 'Bearer ${place.api_key}' } }).then((it) => it.status, () => 'refused')`,
      )
      expect([403, 'refused']).toContain(read)
      // A frame that may not be shown is an error page of the browser's own.
      const shown = await page.frames()[1]?.evaluate('document.querySelector("#console") === null')
      expect(shown).toBe(true)
      await page.close()
    }
    await context.close()
    await new Promise((resolve) => site.close(resolve))
    troubles.length = 0
  })
})
