/** The page of a Connect Webview in a real browser. */
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startPlaces } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { chromiumPath, openBrowser, whyNoBrowser } from './chromium.ts'

const isHere = chromiumPath !== undefined

describe.skipIf(!isHere)(
  `a Connect Webview in a browser${isHere ? '' : ` (${whyNoBrowser})`}`,
  () => {
    let emulator: Awaited<ReturnType<typeof startPlaces>>
    let browser: Browser
    let page: Page
    let site: Server
    let origin: string
    /** What the integrator's own pages answer. */
    let embedding = ''

    beforeAll(async () => {
      emulator = await startPlaces()
      browser = await openBrowser()
      site = createServer((request, response) => {
        response.setHeader('content-type', 'text/html')
        response.end(
          request.url === '/embed' ? embedding : `<h1>Arrived at ${request.url ?? ''}</h1>`,
        )
      })
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
      const address = site.address()
      origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
    })
    afterAll(async () => {
      await browser.close()
      await new Promise((resolve) => site.close(resolve))
      await emulator.stop()
    })
    beforeEach(async () => {
      page = await browser.newPage()
      page.setDefaultTimeout(10_000)
    })
    afterEach(() => page.close())

    const signInAtAugust = async (
      at: Page | ReturnType<Page['frameLocator']>,
      password = '1234',
    ) => {
      await at.getByLabel('Device region').selectOption('United States')
      await at.getByLabel('Email address').fill('john@example.com')
      await at.getByLabel('Password').fill(password)
      await at.getByRole('button', { name: 'Connect', exact: true }).click()
    }

    const enterCode = async (at: Page | ReturnType<Page['frameLocator']>, code = '123456') => {
      await at.getByLabel('Verification code').fill(code)
      await at.getByRole('button', { name: 'Verify' }).click()
    }

    const statusOf = async ({ seam }: Place, connect_webview_id: string) =>
      (await seam.connectWebviews.get({ connect_webview_id })).status

    /** What the browser asked for outside this machine. */
    const strangers = (): string[] => {
      const urls: string[] = []
      page.on('request', (request) => {
        if (!/^(http:\/\/(localhost|127\.0\.0\.1):|data:)/.test(request.url()))
          urls.push(request.url())
      })
      return urls
    }

    test('choice of provider, login, second factor: the account and its locks are there', async () => {
      const place = emulator.open()
      const asked = strangers()
      const webview = await place.seam.connectWebviews.create({
        accepted_providers: ['schlage', 'august'],
      })
      await page.goto(webview.url)
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Connect your devices')
      expect(await page.getByRole('listitem').allInnerTexts()).toEqual(['August', 'Schlage'])
      await page.getByRole('link', { name: 'August' }).click()
      await signInAtAugust(page)
      await enterCode(page)
      await page.getByRole('status').waitFor()
      expect(await page.title()).toBe('Connected')
      const { connect_webview_id } = webview
      expect(await place.seam.connectWebviews.get({ connect_webview_id })).toMatchObject({
        status: 'authorized',
        selected_provider: 'august',
      })
      await place.advance('10s')
      expect(await place.seam.devices.list({ connect_webview_id })).toMatchObject([
        { display_name: 'Garage Door', device_type: 'august_lock' },
      ])
      // A reload shows the same, and signs nobody in again.
      await page.reload()
      expect(await page.title()).toBe('Connected')
      expect(asked).toEqual([])
    })

    test('a wrong password, then a wrong code, then a right login', async () => {
      const place = emulator.open()
      const { url, connect_webview_id } = await place.seam.connectWebviews.create({
        accepted_providers: ['august'],
      })
      await page.goto(url)
      expect(await page.title()).toBe('Connect August')
      await signInAtAugust(page, 'wrong')
      expect(await page.getByRole('alert').innerText()).toContain('try again')
      expect(await page.getByLabel('Email address').inputValue()).toBe('john@example.com')
      expect(await page.getByLabel('Password').inputValue()).toBe('')
      await signInAtAugust(page)
      await enterCode(page, '000000')
      expect(await page.getByRole('alert').innerText()).toContain('code is wrong')
      expect(await statusOf(place, connect_webview_id)).toBe('pending')
      await signInAtAugust(page)
      await enterCode(page)
      await page.getByRole('status').waitFor()
      expect(await statusOf(place, connect_webview_id)).toBe('authorized')
      const types = await place.types()
      expect(types.filter((type) => type.startsWith('connect_webview.'))).toEqual([
        'connect_webview.login_failed',
        'connect_webview.login_failed',
        'connect_webview.login_succeeded',
      ])
    })

    test('three wrong passwords fail the webview and lead to the failure URL', async () => {
      const place = emulator.open()
      const { url, connect_webview_id } = await place.seam.connectWebviews.create({
        accepted_providers: ['august'],
        custom_redirect_url: `${origin}/done`,
        custom_redirect_failure_url: `${origin}/failed`,
      })
      await page.goto(url)
      for (const time of ['first', 'second', 'third']) await signInAtAugust(page, `wrong ${time}`)
      await page.waitForURL(`${origin}/failed`)
      expect(await statusOf(place, connect_webview_id)).toBe('failed')
    })

    test('cancelling fails the webview, and says so', async () => {
      const place = emulator.open()
      const { url, connect_webview_id } = await place.seam.connectWebviews.create()
      await page.goto(url)
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.getByRole('alert').waitFor()
      expect(await page.title()).toBe('Not connected')
      expect(await statusOf(place, connect_webview_id)).toBe('failed')
    })

    test('success leads to the redirect URL, with the devices there if that was asked for', async () => {
      const place = emulator.open()
      const { url, connect_webview_id } = await place.seam.connectWebviews.create({
        accepted_providers: ['schlage'],
        custom_redirect_url: `${origin}/done?from=seam`,
        wait_for_device_creation: true,
      })
      await page.goto(url)
      await page.getByLabel('Email address').fill('andrew@example.com')
      await page.getByLabel('Password').fill('1234')
      await page.keyboard.press('Enter')
      await page.waitForURL(`${origin}/done?from=seam`)
      expect(await place.seam.devices.list({ connect_webview_id })).toMatchObject([
        { display_name: 'Side Door' },
      ])
    })

    test('inside an iframe the page around it is told', async () => {
      const place = emulator.open()
      const webview = await place.seam.connectWebviews.create({ accepted_providers: ['august'] })
      embedding = `<iframe src="${webview.url}" width="480" height="800"></iframe><output></output>
      <script>addEventListener('message', ({ data }) => { document.querySelector('output').textContent = JSON.stringify(data) })</script>`
      await page.goto(`${origin}/embed`)
      const frame = page.frameLocator('iframe')
      await signInAtAugust(frame)
      await enterCode(frame)
      await page.locator('output:not(:empty)').waitFor()
      const told: unknown = JSON.parse(await page.locator('output').innerText())
      expect(told).toMatchObject({
        event: {
          event_type: 'connect_webview.login_succeeded',
          connect_webview_id: webview.connect_webview_id,
        },
      })
    })

    test('a link with another token leads nowhere, and what people type is only text', async () => {
      const place = emulator.open()
      const { url } = await place.seam.connectWebviews.create({ accepted_providers: ['schlage'] })
      const answer = await page.goto(`${url.slice(0, -4)}dead`)
      expect(answer?.status()).toBe(404)
      await page.goto(url)
      await page.getByLabel('Email address').fill('"><script>document.title="owned"</script>@x.com')
      await page.getByLabel('Password').fill('1234')
      await page.evaluate('document.forms[0].noValidate = true')
      await page.getByRole('button', { name: 'Connect', exact: true }).click()
      await page.getByRole('alert').waitFor()
      expect(await page.title()).toBe('Connect Schlage')
    })

    test('works without a mouse and on a small screen', async () => {
      const place = emulator.open()
      await place.seam.workspaces.update({
        connect_webview_customization: {
          primary_button_color: '#0b6e4f',
          success_message: 'Welcome home!',
        },
      })
      const { url } = await place.seam.connectWebviews.create({ accepted_providers: ['schlage'] })
      await page.setViewportSize({ width: 320, height: 640 })
      await page.goto(url)
      const shots = process.env['SCREENSHOTS']
      if (shots !== undefined) await page.screenshot({ path: `${shots}/login.png`, fullPage: true })
      const width = Number(await page.evaluate('document.documentElement.scrollWidth'))
      expect(width).toBeLessThanOrEqual(320)
      // The first field has the focus from the start.
      await page.keyboard.type('sam@example.com')
      await page.keyboard.press('Tab')
      await page.keyboard.type('1234')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Space')
      expect(await page.getByRole('status').innerText()).toBe('Welcome home!')
      if (shots !== undefined) await page.screenshot({ path: `${shots}/done.png`, fullPage: true })
    })
  },
)
