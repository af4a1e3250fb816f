/** What is done on the console: trouble that is aimed, lines to copy, recorded tests, hostile names. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { T0, home, hour, iso } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { openRecordedTests } from '../support/run-recorded.ts'
import { describeConsole } from './console.ts'

const run = promisify(execFile)

const go = async (page: Page, hash: string): Promise<void> => {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
  await page.locator(`[data-place="${hash.split('/')[1] ?? ''}"]`).waitFor({ state: 'attached' })
}

const stay = (place: Place, device_id: string, name: string, from: number, to: number) =>
  place.seam.accessCodes.create({
    device_id,
    name,
    starts_at: iso(T0 + from * hour),
    ends_at: iso(T0 + to * hour),
  })

const lineAs = async (page: Page, dialect: 'command' | 'curl' | 'library'): Promise<string> => {
  await page.locator('.echo').getByRole('button', { name: dialect, exact: true }).click()
  return page.locator('.echo-line').innerText()
}

describeConsole('trouble in the console', ({ open, show }) => {
  test('refuse the next code, twice, at a door that is clicked: two refusals, two hits, then it is set', async () => {
    const place = open()
    const page = await show(place, { hash: '#/faults' })
    await page.getByRole('spinbutton', { name: /^times/ }).fill('2')
    await page.getByRole('button', { name: 'Refuse the next code' }).click()
    await go(page, '#/')
    await page.getByText('Refuse the next code: click a door').waitFor()
    await page.locator(`[data-door="${home.schlage}"]`).click()
    await page.locator('.fault-tag').getByText('0 of 2 hits').waitFor()
    const { access_code_id } = await stay(place, home.schlage, 'Ada', 1, 40)
    await place.advance('5h')
    const [fault] = await place.emulator.faults.list()
    expect(fault).toMatchObject({ hits: 2, state: 'exhausted', match: { device_id: home.schlage } })
    expect(await place.seam.accessCodes.get({ access_code_id })).toMatchObject({ status: 'set' })
    await go(page, `#/code/${access_code_id}`)
    const failures = page.getByRole('region', { name: 'Commands that were not done' })
    await failures.getByText('attempt 2').waitFor()
    expect(await failures.locator('[data-kind="command_answered"]').count()).toBe(2)
    await page.locator('.code-place[data-status="set"]').waitFor()
  })

  test('what it did, pasted into a shell, does the same', async () => {
    const place = open()
    const page = await show(place, { hash: '#/faults' })
    await page.getByRole('button', { name: 'Code not synced' }).click()
    await page.getByRole('button', { name: 'Here' }).click()
    const curl = await lineAs(page, 'curl')
    expect(await lineAs(page, 'library')).toMatch(/^await emulator\.faults\.create\(\{ on: /)
    const command = await lineAs(page, 'command')
    expect(command).toMatch(/^npx seam-emulator fault create access_code.set fail --match /)
    await run('sh', ['-c', `${curl} -s`])
    const program = `npx() { shift; '${process.execPath}' src/cli.ts "$@"; }`
    await run('sh', ['-c', `${program}; ${command}`])
    const [first, second, third] = await place.emulator.faults.list()
    const same = { on: first?.on, match: first?.match, effect: first?.effect, times: first?.times }
    expect(second).toMatchObject(same)
    expect(third).toMatchObject(same)
    // What others did is seen as well, and one press ends one.
    await expect.poll(() => page.locator('.fault-tag').count()).toBe(3)
    await page
      .getByRole('button', { name: /^End access_code/ })
      .first()
      .click()
    await expect.poll(async () => (await place.emulator.faults.list()).length).toBe(2)
  })

  test('the whole world is a target, a flat battery is none of it, and what never struck is told', async () => {
    const place = open()
    const page = await show(place, { hash: '#/faults' })
    await page.getByRole('button', { name: '503' }).click()
    await page.getByRole('button', { name: 'The whole world' }).click()
    await page.locator('.fault-tag').getByText('everywhere').waitFor()
    expect((await place.raw('/devices/list')).status).toBe(503)
    await page.locator('.fault-tag').getByText('1 hit').waitFor()
    await page.getByRole('button', { name: 'Flat battery' }).click()
    await page.getByRole('button', { name: 'The whole world' }).click()
    await page.getByText('Flat battery does not fit there').waitFor()
    await page.getByRole('button', { name: 'Here' }).click()
    await expect.poll(async () => (await place.lock(home.august)).battery?.level).toBe(0)
    await place.emulator.faults.create({
      on: 'webhook',
      name: 'a drop in vain',
      between: [iso(T0), iso(T0 + hour)],
      effect: { kind: 'drop' },
    })
    await place.advance('2h')
    await page.locator('.never-fired').getByText('a drop in vain').waitFor()
  })

  test('the catalog offers every occasion with its effects', async () => {
    const place = open()
    const page = await show(place, { hash: '#/faults' })
    await page.getByText('Everything else').click()
    await page.getByRole('combobox', { name: 'When' }).selectOption('bridge.link')
    await page.getByRole('combobox', { name: 'What goes wrong' }).selectOption('flap')
    await page.getByLabel('every', { exact: true }).fill('20m')
    await page.getByRole('button', { name: 'Choose this' }).click()
    await page.getByRole('button', { name: 'Here' }).click()
    await page.locator('.fault-tag').getByText('bridge.link flap').waitFor()
    expect(await place.emulator.faults.list()).toMatchObject([
      { on: 'bridge.link', effect: { kind: 'flap', every: 1_200_000 } },
    ])
  })
})

describeConsole('recording in the console', ({ open, show }) => {
  test.each(['a fresh world', 'this world'])(
    'what was clicked runs as a test, from %s',
    async (from) => {
      const place = open()
      if (from === 'this world') {
        await stay(place, home.august, "O'Brien", 1, 40)
        await place.advance('2h')
      }
      const page = await show(place)
      await page.getByRole('button', { name: 'Record' }).click()
      await page.getByLabel('What it shows').fill(`clicked in ${from}`)
      await page.getByLabel(new RegExp(from)).check()
      await page.getByRole('button', { name: 'Begin', exact: true }).click()
      await page.getByText('Recording, 0 steps').waitFor()
      await page.locator(`[data-door="${home.august}"]`).click()
      const door = page.getByRole('form', { name: 'Keypad of the door' })
      await door.getByRole('textbox').fill('999999')
      await page.keyboard.press('Enter')
      await page.locator('.keypad-answer[data-opened="false"]').waitFor()
      await page.getByRole('button', { name: 'Unplug Connect bridge' }).press('Enter')
      await page.getByText('Recording, 2 steps').waitFor()
      // The app under test has its part in it, and whoever else moves the clock.
      const { code } = await place.seam.accessCodes.create({ device_id: home.schlage, name: 'Eve' })
      await place.advance('90m')
      await go(page, `#/door/${home.schlage}`)
      await page
        .locator('.chip')
        .getByText(code ?? '')
        .click()
      await page.locator('.keypad-answer[data-opened="true"]').waitFor()
      await page.getByRole('button', { name: 'Note what disagrees' }).click()
      await page.getByText('Recording, 4 steps').waitFor()
      await page.getByRole('button', { name: 'Stop', exact: true }).click()
      const text = await page.getByRole('dialog').getByRole('textbox').inputValue()
      expect(text).toContain("reason: 'unknown_code'")
      expect(text).toContain('emulator.bridges.unplug(')
      expect(text).toContain('emulator.clock.advance({ to: ')
      expect(text).toContain('// Your app called this.\n')
      // The PIN that it made is another one the next time.
      expect(text).toMatch(
        /code: answer\d\.access_code\.code \}\)\)\.toMatchObject\(\{ opened: true/,
      )
      const recorded = await openRecordedTests()
      try {
        if (from === 'this world') {
          const saved = page.waitForEvent('download')
          await page.getByRole('button', { name: 'Save the world' }).click()
          const download = await saved
          const chunks: string[] = []
          for await (const chunk of await download.createReadStream()) chunks.push(String(chunk))
          await recorded.write(download.suggestedFilename(), chunks.join(''))
        }
        expect(await recorded.outcomeOf('clicked', text)).toMatch(/Tests\s+1 passed/)
      } finally {
        await recorded.remove()
      }
    },
    60_000,
  )
})

const hostile = [
  '<img src=x onerror="document.title=\'owned\'">',
  '"><script>document.title="owned"</script>',
  'שלום \u202E drawkcab',
  "'; $(touch /tmp/owned) `id` \\",
  '🏠🔑 {{constructor.constructor("document.title=1")()}}',
]

describeConsole('hostile names in doors, codes and faults', ({ open, show }) => {
  test.each(hostile)('%s stays text', async (name) => {
    const place = open()
    const page = await show(place)
    await page.evaluate(
      'window.reports = []; addEventListener("securitypolicyviolation", (it) => window.reports.push(it.violatedDirective))',
    )
    const device_id = await place.hang('yale', { name, location: { location_name: name } })
    const { access_code_id } = await stay(place, device_id, name, 1, 40)
    await place.emulator.faults.create({
      on: 'access_code.set',
      name,
      match: { device_id },
      effect: { kind: 'fail' },
    })
    await place.advance('2h')
    for (const hash of [`#/door/${device_id}`, '#/faults', `#/code/${access_code_id}`]) {
      await go(page, hash)
      await page.locator('main').getByText(name).first().waitFor({ state: 'attached' })
    }
    await go(page, `#/door/${device_id}`)
    await page.getByRole('button', { name: 'Jam the bolt' }).click()
    await page.locator('.echo-says').getByText(name).waitFor()
    expect(await page.title()).not.toContain('owned')
    expect(await page.locator('main img, main script').count()).toBe(0)
    expect(await page.evaluate('window.reports')).toEqual([])
  })
})
