/** A customer's portal in a real browser. */
import { expect, test } from 'vitest'
import { day, home, iso, minute, T0 } from '../support/place.ts'
import { describeOnPhone, readable } from './on-a-phone.ts'

describeOnPhone("a customer's portal", ({ open, openPage }) => {
  test.each(['light', 'dark'] as const)(
    'shows stays, PINs and doors, is walked through by keyboard, and can be read in %s',
    async (scheme) => {
      const place = open()
      await place.seam.spaces.create({ space_key: 'u1', name: 'Flat', device_ids: [home.august] })
      const stay = { starts_at: iso(T0), ends_at: iso(T0 + day), guest_key: 'g' }
      const customer_data = {
        customer_key: 'sunny',
        guests: [{ guest_key: 'g', name: 'Ada Guest' }],
        units: [{ unit_key: 'u1', name: 'Flat' }],
        reservations: [
          { reservation_key: 'r1', ...stay, unit_keys: ['u1'] },
          { reservation_key: 'r2', ...stay, unit_keys: ['nowhere'] },
        ],
      }
      const { url } = await place.seam.customers.createPortal({ customer_data })
      const page = await openPage(scheme)
      await page.goto(url)
      expect(await page.getByText('Access is being prepared.').count()).toBe(2)
      await place.advance(minute)
      await page.reload()
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('sunny')
      expect(await page.locator('html').getAttribute('lang')).toBe('en')
      expect(await page.locator('#reservation-r1').innerText()).toMatch(/PIN \d{4,9}/)
      expect(await page.locator('#reservation-r1').innerText()).toContain('Issued')
      expect(await page.locator('#reservation-r2').innerText()).toContain('No access:')
      await readable(page)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      expect(page.url()).toMatch(/#stays$/)
      await place.advance(7 * day)
      await page.reload()
      expect(await page.getByRole('alert').innerText()).toContain('seven days')
      await readable(page)
    },
  )

  const flats = async (colorScheme: 'light' | 'dark', more: { read_only?: boolean } = {}) => {
    const place = open()
    const { seam } = place
    const first = { space_key: 'u1', name: 'Flat 1', customer_key: 'sunny' }
    await seam.spaces.create({ ...first, device_ids: [home.august, home.smartthings] })
    await seam.spaces.create({ space_key: 'u2', name: 'Flat 2', customer_key: 'sunny' })
    await place.unplug(home.smartthings_hub)
    const customer_data = {
      customer_key: 'sunny',
      guests: [{ guest_key: 'g', name: 'Ada Guest' }],
      staff_members: [{ staff_member_key: 's', name: 'Eva Rocha', space_keys: ['u1'] }],
      reservations: [
        {
          reservation_key: 'r1',
          starts_at: iso(T0),
          ends_at: iso(T0 + day),
          guest_key: 'g',
          space_keys: ['u1'],
        },
      ],
    }
    const { url } = await seam.customers.createPortal({ customer_data, ...more })
    await place.advance(minute)
    const page = await openPage(colorScheme)
    await page.goto(url)
    return { place, page, url }
  }

  test('says of each door how far it is, and of each stay what its automation did', async () => {
    const { page, place } = await flats('light')
    const stay = page.locator('#reservation-r1')
    expect(await stay.innerText()).toMatch(/Front Door opens with the PIN \d+ until/)
    expect(await stay.innerText()).toMatch(/Studio Door waits for its bridge/)
    expect(await stay.innerText()).toContain('Not issued')
    expect(await stay.innerText()).toContain('Last automation: reservation created worked')
    await place.plug(home.smartthings_hub)
    await place.advance(minute)
    await page.reload()
    expect(await stay.innerText()).toContain('Issued')
  })

  test.each(['light', 'dark'] as const)(
    'lets the keyboard move devices, and says so: guests get in there; can be read in %s',
    async (scheme) => {
      const { page, place } = await flats(scheme)
      await page.getByRole('button', { name: 'Remove Studio Door from Flat 1' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('status').waitFor()
      expect(await page.getByRole('status').innerText()).toContain('was removed')
      expect(page.url()).toMatch(/#space-u1$/)
      await place.advance(minute)
      await page.reload()
      expect(await page.locator('#reservation-r1').innerText()).toContain('Issued')
      const choice = page.getByLabel('Device for Flat 2')
      await choice.focus()
      await choice.selectOption({ label: 'Front Door' })
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.getByText('The device was added').waitFor()
      expect(await page.locator('#space-u2').innerText()).toContain('Front Door')
      const [space] = (await place.seam.spaces.list()).filter((it) => it.space_key === 'u2')
      expect(await place.seam.devices.list({ space_id: space?.space_id ?? '' })).toHaveLength(1)
      await readable(page)
      for (const target of await page.locator('button, select').all())
        expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    },
  )

  test('leads to a Connect Webview of the customer, and back', async () => {
    const { page, place } = await flats('light')
    await page.getByRole('button', { name: 'Connect an account' }).click()
    await page.waitForURL(/connect_webviews\/view/)
    const [webview] = await place.seam.connectWebviews.list()
    expect(webview).toMatchObject({ customer_key: 'sunny', status: 'pending' })
    await page.getByRole('link', { name: 'Schlage' }).click()
    await page.getByLabel('Email address').fill('andrew@example.com')
    await page.getByLabel('Password').fill('1234')
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.waitForURL(/\/portals\//)
    expect(await page.locator('section', { hasText: 'Connected accounts' }).innerText()).toMatch(
      /Schlage/,
    )
  })

  test('has no buttons where it only shows, and changes nothing whatever is sent', async () => {
    const { page, place, url } = await flats('dark', { read_only: true })
    expect(await page.locator('button, select, form').count()).toBe(0)
    await readable(page)
    const [space] = (await place.seam.spaces.list()).filter((it) => it.space_key === 'u1')
    const token = new URL(url).searchParams.get('token') ?? ''
    const remove = {
      action: 'remove_device',
      space_id: space?.space_id ?? '',
      device_id: home.august,
    }
    const sent = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ token, ...remove }),
    })
    expect(sent.status).toBe(401)
    expect((await place.seam.spaces.list()).find((it) => it.space_key === 'u1')?.device_count).toBe(
      2,
    )
  })
})
