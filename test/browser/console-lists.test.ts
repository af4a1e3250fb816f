/** Lock-outs, Doctor and Workspaces. */
import { expect, test } from 'vitest'
import { describeConsole } from './console.ts'
import { home, hour, iso, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

/** A guest who stood before a jammed door for a minute and a half. */
const jammedStay = async (place: Place): Promise<void> => {
  await place.seam.accessCodes.create({
    device_id: home.august,
    name: 'Ada',
    starts_at: iso(T0 + 2 * hour),
    ends_at: iso(T0 + 40 * hour),
  })
  await place.advance('5h')
  await place.emulator.locks.jam({ device_id: home.august })
  await place.advance('90s')
  await place.emulator.locks.jam({ device_id: home.august, jammed: false })
}

describeConsole('Lock-outs', ({ open, show }) => {
  test('tell whose minutes they were and why, as the report does', async () => {
    const place = open()
    await jammedStay(place)
    const page = await show(place, { hash: '#/lockouts' })
    await page.getByText('1 min 30 s locked out').waitFor()
    const row = page.getByRole('row', { name: /Ada.*jammed.*1 min 30 s/ })
    await row.waitFor()
    await page.getByRole('tab', { name: 'Reason' }).click()
    await page.getByRole('row', { name: /^jammed 1/ }).waitFor()
    const report = await place.emulator.report({})
    expect(report.total.locked_out_minutes).toBe(1.5)
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV' }).click()
    expect((await saved).suggestedFilename()).toBe('lock-outs.csv')
  })

  test('say what to do where nobody was', async () => {
    const page = await show(open(), { hash: '#/lockouts' })
    await page.getByText('No stay has begun yet').waitFor()
  })
})

describeConsole('the Doctor', ({ open, show }) => {
  test('finds what an integration does wrong, live, with advice', async () => {
    const place = open()
    const page = await show(place, { hash: '#/doctor' })
    await page.getByText('Your app has not called this workspace yet').waitFor()
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Ada' })
    const finding = page.locator('[data-check="failure-events"][data-verdict="wrong"]')
    await finding.getByText('Register a webhook').waitFor()
    await page.getByRole('button', { name: 'Try my webhooks' }).click()
    await page
      .getByText(/wrong$/)
      .first()
      .waitFor()
  })
})

describeConsole('Workspaces', ({ open, show }) => {
  test('a checkpoint is made, restored and forgotten', async () => {
    const place = open()
    const page = await show(place, { hash: '#/workspaces' })
    await page.getByText('None yet. Make one before you break something.').waitFor()
    await page.getByLabel('Name of the checkpoint').fill('empty')
    await page.getByRole('button', { name: 'Make a checkpoint' }).click()
    await page.locator('[data-checkpoint="empty"]').waitFor()
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Ada' })
    await page.getByRole('button', { name: 'Restore empty' }).click()
    await page.getByText(/A snapshot was restored/).waitFor()
    expect(await place.seam.accessCodes.list({ device_id: home.august })).toEqual([])
    await page.getByRole('button', { name: 'Forget the checkpoint empty' }).click()
    await page.getByText('None yet. Make one before you break something.').waitFor()
  })

  test('follows a snapshot that somebody else restores', async () => {
    const place = open()
    await place.emulator.snapshot('before')
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Ada', code: '4821' })
    await place.advance('1m')
    const page = await show(place)
    const door = page.getByRole('button', { name: /Front Door/ })
    await door.getByText('1/').waitFor()
    await place.emulator.restore('before')
    await door.getByText('0/').waitFor()
    await page.getByText(/A snapshot was restored/).waitFor()
  })

  test('another one is made of a fixture, and opened', async () => {
    const place = open()
    const page = await show(place, { hash: '#/workspaces' })
    await page.getByRole('button', { name: 'New workspace' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Quiet')
    await page.getByLabel('API key').fill('seam_test_made-here')
    await page.getByRole('radio', { name: 'quiet-and-warm' }).check()
    await page.getByRole('button', { name: 'Make it' }).click()
    await page.locator('.workspace', { hasText: 'seam_test_made-here' }).waitFor()
    const [made] = await place.emulator.workspaces.list({ q: 'seam_test_made-here' })
    expect(made).toMatchObject({ name: 'Quiet', fixture: 'quiet-and-warm' })
  })

  test('this one is reset after a question', async () => {
    const place = open()
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Ada' })
    const page = await show(place, { hash: '#/workspaces' })
    await page.getByRole('button', { name: 'Reset' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Reset' }).click()
    await page.getByText(/This workspace was reset/).waitFor()
    expect(await place.seam.accessCodes.list({ device_id: home.august })).toEqual([])
  })
})
