/** What the doctor finds of thermostats and noise sensors: each mistake once made, and once avoided. */
import { SeamHttp } from '@seamapi/http'
import { afterAll, expect, test } from 'vitest'
import { closeSharedEmulators, freshWorkspace } from '../../src/testing/index.ts'
import type { TestWorkspace } from '../../src/testing/index.ts'

afterAll(() => closeSharedEmulators())

const from = Date.UTC(2025, 0, 1)
const iso = (hours: number): string => new Date(from + hours * 3_600_000).toISOString()

interface Site {
  workspace: TestWorkspace
  seam: SeamHttp
  device_id: string
}

type Deed = (site: Site) => Promise<unknown>

/** The verdict of one check on an integration that did this. */
const verdictOn = async (check: string, deed: Deed): Promise<string | undefined> => {
  await using workspace = await freshWorkspace({ name: expect.getState().currentTestName ?? '' })
  const { device_id } = await workspace.thermostats.create({ model: 'ecobee' })
  const seam = new SeamHttp(workspace.seam)
  await deed({ workspace, seam, device_id })
  const { findings } = await workspace.doctor()
  return findings.find((it) => it.check === check)?.verdict
}

const schedule = (
  { seam, device_id }: Pick<Site, 'seam' | 'device_id'>,
  starts: number,
  ends: number,
) =>
  seam.thermostats.schedules.create({
    device_id,
    climate_preset_key: 'home',
    starts_at: iso(starts),
    ends_at: iso(ends),
  })

/** A schedule of nine hours from the next hour on, and a look at what came of it. */
const lookLater = async (site: Site, after: string): Promise<void> => {
  await schedule(site, 1, 10)
  await site.workspace.clock.advance(after)
  await site.seam.thermostats.list()
}

const turn = async ({ workspace, seam, device_id }: Site): Promise<void> => {
  await seam.devices.get({ device_id })
  await workspace.thermostats.turnDial({ device_id, heating_set_point_celsius: 25 })
}

const hours = { starts_daily_at: '22:00:00', ends_daily_at: '07:00:00' }

const quietHours =
  (zone: string, location?: { time_zone: string }): Deed =>
  async ({ workspace, seam }) => {
    const sensor = await workspace.noiseSensors.create({
      model: 'noiseaware',
      ...(location !== undefined && { location }),
    })
    await seam.noiseSensors.noiseThresholds.create({
      device_id: sensor.device_id,
      starts_daily_at: `${hours.starts_daily_at}${zone}`,
      ends_daily_at: `${hours.ends_daily_at}${zone}`,
      noise_threshold_decibels: 60,
    })
  }

const planWeek: Deed = async ({ seam, device_id }) => {
  const { thermostat_daily_program_id } = await seam.thermostats.dailyPrograms.create({
    device_id,
    name: 'Day',
    periods: [{ starts_at_time: '06:00:00', climate_preset_key: 'home' }],
  })
  await seam.thermostats.updateWeeklyProgram({
    device_id,
    monday_program_id: thermostat_daily_program_id,
  })
}

const tooHot: Deed = ({ seam, device_id }) =>
  seam.thermostats
    .createClimatePreset({
      device_id,
      climate_preset_key: 'sauna',
      hvac_mode_setting: 'heat',
      heating_set_point_celsius: 80,
    })
    .catch(() => 'refused')

const warmEnough: Deed = ({ seam, device_id }) =>
  seam.thermostats.createClimatePreset({
    device_id,
    climate_preset_key: 'cosy',
    hvac_mode_setting: 'heat',
    heating_set_point_celsius: 22,
  })

const both = async (site: Site, starts: number): Promise<void> => {
  await schedule(site, 1, 10)
  await schedule(site, starts, 20)
}

test.each<[string, string, string | undefined, Deed]>([
  ['a hand at the dial that nobody hears of', 'override-unheard', 'warning', turn],
  [
    'a hand at the dial that is heard of',
    'override-unheard',
    'good',
    async (site) => {
      await turn(site)
      await site.seam.events.list({ since: iso(-1) })
    },
  ],
  [
    'a command of the API, which is no hand at the dial',
    'override-unheard',
    undefined,
    ({ seam, device_id }) => seam.thermostats.off({ device_id }),
  ],
  [
    'a command after the last look',
    'thermostat-commands',
    'wrong',
    async ({ workspace, device_id }) => {
      const hasty = new SeamHttp({ ...workspace.seam, waitForActionAttempt: false })
      await hasty.devices.get({ device_id })
      await hasty.thermostats.off({ device_id })
    },
  ],
  [
    'a command, and a look at another thermostat',
    'thermostat-commands',
    'wrong',
    async ({ workspace, device_id }) => {
      const other = await workspace.thermostats.create({ model: 'nest' })
      const hasty = new SeamHttp({ ...workspace.seam, waitForActionAttempt: false })
      await hasty.thermostats.off({ device_id })
      await hasty.devices.get({ device_id: other.device_id })
    },
  ],
  [
    'a command, and a look at what came of it',
    'thermostat-commands',
    'good',
    ({ seam, device_id }) => seam.thermostats.off({ device_id }),
  ],
  [
    'a command that a webhook tells of',
    'thermostat-commands',
    'good',
    async ({ workspace, device_id }) => {
      const hasty = new SeamHttp({ ...workspace.seam, waitForActionAttempt: false })
      await hasty.webhooks.create({ url: workspace.inbox.url('app'), event_types: ['*'] })
      await hasty.thermostats.off({ device_id })
      await workspace.clock.advance('1m')
    },
  ],
  ['a preset beyond the limits of its thermostat', 'set-points', 'wrong', tooHot],
  ['a preset within the limits of its thermostat', 'set-points', undefined, warmEnough],
  [
    'a second schedule while the first one rules',
    'schedules-overlap',
    'warning',
    (site) => both(site, 9),
  ],
  [
    'a second schedule where the first one ends',
    'schedules-overlap',
    undefined,
    (site) => both(site, 10),
  ],
  [
    'a second schedule after the first one was shortened',
    'schedules-overlap',
    undefined,
    async (site) => {
      const { thermostat_schedule_id } = await schedule(site, 1, 10)
      const ends_at = iso(5)
      await site.seam.thermostats.schedules.update({ thermostat_schedule_id, ends_at })
      await schedule(site, 6, 20)
    },
  ],
  [
    'a schedule that is over when it is asked for',
    'schedules-over',
    'wrong',
    (site) => schedule(site, -10, -5).catch(() => 'refused'),
  ],
  ['a schedule that is yet to be', 'schedules-over', undefined, (site) => schedule(site, 5, 10)],
  [
    'a schedule that nothing follows',
    'nothing-after-schedule',
    'warning',
    (site) => lookLater(site, '12h'),
  ],
  [
    'a schedule that a fallback follows',
    'nothing-after-schedule',
    undefined,
    async (site) => {
      const { device_id } = site
      const away = { device_id, climate_preset_key: 'away' }
      await site.seam.thermostats.setFallbackClimatePreset(away)
      await lookLater(site, '12h')
    },
  ],
  [
    'a schedule that rules still',
    'nothing-after-schedule',
    undefined,
    (site) => lookLater(site, '5h'),
  ],
  ['quiet hours of nowhere', 'time-zone', 'warning', quietHours('')],
  ['quiet hours that name their zone', 'time-zone', undefined, quietHours('[Europe/Paris]')],
  [
    'quiet hours of a sensor that has a zone',
    'time-zone',
    undefined,
    quietHours('', { time_zone: 'Europe/Paris' }),
  ],
  ['a week of nowhere', 'time-zone', 'warning', planWeek],
])('%s: %s is %s', async (_, check, verdict, deed) => {
  expect(await verdictOn(check, deed)).toBe(verdict)
})

test('set points that are refused are told once, not as refusals as well', async () => {
  expect(await verdictOn('refusals', tooHot)).toBeUndefined()
})
