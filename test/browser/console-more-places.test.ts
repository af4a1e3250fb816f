/** Grants, stays and spaces; thermostats and noise sensors; access systems. */
import { expect, test } from 'vitest'
import { describeConsole } from './console.ts'
import { home, hour, iso, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

const grantFor = (place: Place) =>
  place.seam.accessGrants.create({
    user_identity: { full_name: 'Ada Lovelace' },
    name: 'Ada',
    reservation_key: 'stay-17',
    device_ids: [home.august],
    requested_access_methods: [{ mode: 'code' }],
    starts_at: iso(T0),
    ends_at: iso(T0 + 48 * hour),
  })

describeConsole('Access', ({ open, show }) => {
  test('shows a grant with its ways in and its doors, and that they open', async () => {
    const place = open()
    const { access_grant_id } = await grantFor(place)
    const page = await show(place, { hash: '#/access' })
    await page.getByRole('link', { name: /^Ada/ }).click()
    const detail = page.locator(`[data-grant="${access_grant_id}"]`)
    await detail.waitFor()
    await place.advance('10m')
    await detail.locator('[data-state="ready"]').waitFor()
    await detail.getByRole('button', { name: /Type it/ }).click()
    await detail.getByText('Opens.').waitFor()
    await detail.getByRole('link', { name: 'stay-17' }).click()
    await page.locator('[data-stay="stay-17"]').waitFor()
  })

  test('says what to do where there is none', async () => {
    const place = open()
    const page = await show(place, { hash: '#/access' })
    await page.getByText('No access grants.').waitFor()
    await page.getByRole('tab', { name: 'Stays' }).click()
    await page.getByText('No stays.').waitFor()
    await page.getByRole('tab', { name: 'Spaces' }).click()
    await page.getByText('No spaces.').waitFor()
    await page.getByRole('tab', { name: 'Grants' }).click()
    await page.getByRole('button', { name: 'Grant access to a door' }).click()
    await page.getByRole('link', { name: /^Guest/ }).waitFor()
  })
})

describeConsole('Rooms', ({ open, show }) => {
  test('a thermostat and a noise sensor are hung, and acted upon', async () => {
    const place = open()
    const page = await show(place, { hash: '#/rooms' })
    await page.getByText('No thermostats and no noise sensors.').waitFor()
    await page.getByRole('button', { name: 'Put up a noise sensor' }).click()
    await page.getByRole('link', { name: /noise sensor/ }).click()
    await page.getByLabel('How loud, dB').fill('91')
    await page.getByRole('button', { name: 'Play it' }).click()
    await page.getByText('91 dB', { exact: true }).waitFor()
    await place.emulator.thermostats.create({ model: 'ecobee', name: 'Hall' })
    await page.getByRole('link', { name: /Hall/ }).click()
    await page.getByLabel('Inside, °C').fill('14.5')
    await page.getByRole('button', { name: 'Change the room' }).click()
    await page.getByText('14.5 °C', { exact: true }).waitFor()
  })
})

describeConsole('Systems', ({ open, show }) => {
  test('a hotel is put up; at its door an unknown card is refused, at its desk one is laid down', async () => {
    const place = open()
    const page = await show(place, { hash: '#/systems' })
    await page.getByText('No access systems.').waitFor()
    await page.getByRole('button', { name: 'Put up a hotel with cards' }).click()
    await page.locator('.beside-list a').first().click()
    const door = page.locator('[data-entrance]').first()
    await door.getByLabel('PIN or card number').fill('04A1B2C3D4E5F607')
    await door.getByRole('button', { name: 'Show the card' }).click()
    await door.getByText(/^Refused/).waitFor()
    await page.getByRole('tab', { name: 'Encoders' }).click()
    await page.getByRole('button', { name: 'Put a blank card on it' }).first().click()
    await page.getByText('on it:').waitFor()
    await page.getByRole('tab', { name: 'Cards' }).click()
    await page.getByText('blank').waitFor()
    expect(await page.locator('.system-part code').count()).toBe(1)
    // From then on it can be held to a door.
    await page.getByRole('tab', { name: 'Doors' }).click()
    await door.getByRole('combobox', { name: 'Hold there' }).waitFor()
    await door.getByRole('button', { name: 'Hold it there' }).click()
    await door.getByText(/^Refused/).waitFor()
  })
})
