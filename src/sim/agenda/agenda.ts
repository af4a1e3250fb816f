/** What comes next, in words: jobs, the edges of declared windows, and messages to webhooks. */
import { and, asc, eq, gt, gte, isNull, lte, orderBy, where } from '../../db/conditions.ts'
import { access_codes } from '../../db/tables/access-codes.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { jobs } from '../../db/tables/jobs.ts'
import type { Job, JobKind } from '../../db/tables/jobs.ts'
import { webhook_deliveries } from '../../db/tables/webhooks.ts'
import type { World } from '../kernel/world.ts'

/** What a moment on the agenda is. */
export const momentKinds = ['job', 'check_in', 'check_out', 'delivery'] as const
export type MomentKind = (typeof momentKinds)[number]

export interface Moment {
  /** ms */
  at: number
  kind: MomentKind
  device_id: string | null
  access_code_id: string | null
  sentence: string
}

const startsAfter = where(access_codes, ['starts_at'], (c, its) =>
  and(gt(c.starts_at, its.starts_at), isNull(c.deletion_requested_at), eq(c.is_managed, true)),
)
const endsAfter = where(access_codes, ['ends_at'], (c, its) =>
  and(gt(c.ends_at, its.ends_at), isNull(c.deletion_requested_at), eq(c.is_managed, true)),
)
const byStart = orderBy(access_codes, (c) => [asc(c.starts_at), asc(c.seq)])
const byEnd = orderBy(access_codes, (c) => [asc(c.ends_at), asc(c.seq)])
const soonestJobs = orderBy(jobs, (c) => [asc(c.due_at), asc(c.seq)])
const waiting = where(webhook_deliveries, [], (c) => eq(c.state, 'pending'))
const soonestDeliveries = orderBy(webhook_deliveries, (c) => [asc(c.due_at), asc(c.seq)])
const startsBetween = where(access_codes, ['starts_at', 'ends_at'], (c, its) =>
  and(
    gt(c.starts_at, its.starts_at),
    lte(c.starts_at, its.ends_at),
    isNull(c.deletion_requested_at),
    eq(c.is_managed, true),
  ),
)
const endsBetween = where(access_codes, ['starts_at', 'ends_at'], (c, its) =>
  and(
    gte(c.ends_at, its.starts_at),
    lte(c.ends_at, its.ends_at),
    isNull(c.deletion_requested_at),
    eq(c.is_managed, true),
  ),
)

/** What jobs do; the thing that they are about is named first. */
const deeds: Record<JobKind, string> = {
  'access_code.settle': 'Seam looks after the code',
  'access_grant.settle': 'Seam looks after a grant',
  'acs_access_group.settle': 'an access system hears of a group',
  'acs_credential.settle': 'an access system hears of a credential',
  'acs_credential.lose': 'an access system forgets a credential',
  'acs_user.settle': 'an access system hears of a user',
  'action_attempt.settle': 'a command is answered',
  'backup_pool.fill': 'the pool of backup codes is filled',
  'connected_account.first_sync': 'the first sync of an account ends',
  'customer.stay': 'a stay is looked after',
  'device.space': 'codes that wait for room try again',
  'device.stabilize': 'its link counts as stable again',
  'device.subscription_lapse': 'its paid plan lapses',
  'device.subscription_renewal': 'its paid plan is renewed',
  'device.sync': "Seam looks at the lock's memory",
  'fault.link': 'a fault of the link acts',
  'history.forget': 'what is older than it is to be kept is forgotten',
  'lock.auto_lock': 'it locks by itself',
  'lock.battery': 'its battery reaches a threshold',
  'lock.keypad_battery': "its keypad's battery reaches a threshold",
  'lock.lose_slot': 'its memory loses a code',
  'noise_sensor.battery': 'its battery reaches a threshold',
  'noise_sensor.listen': 'it compares what it hears with its thresholds',
  'noise_threshold.lose': 'a noise sensor loses a threshold',
  'noise_threshold.settle': 'Seam looks after a noise threshold',
  'thermostat.look': 'Seam looks at it',
  'thermostat.outdoor': 'it gets warmer or colder outdoors',
  'thermostat.period': 'a period of its program begins',
  'thermostat.settle': 'Seam looks after its setting',
  'thermostat.watch': 'its temperature reaches a threshold',
  'workspace.reset_sandbox': 'the sandbox is reset',
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const nameOf = (world: World, device_id: string): string =>
  world.devices.get(device_id)?.name ?? 'A device that is gone'

const guestOf = ({ name, code }: AccessCode): string => name ?? `the holder of ${code ?? 'no PIN'}`

/** What a job is about: a code, or a device. */
const subjectOf = (world: World, { subject }: Job) => {
  const code = world.access_codes.get(subject)
  const device_id = code?.device_id ?? (world.devices.get(subject) === undefined ? null : subject)
  return { device_id, access_code_id: code?.access_code_id ?? null, code }
}

const ofJob = (world: World, job: Job): Moment => {
  const { device_id, access_code_id, code } = subjectOf(world, job)
  const deed = `${deeds[job.kind]}${code === undefined ? '' : ` of ${guestOf(code)}`}.`
  return {
    at: job.due_at,
    kind: 'job',
    device_id,
    access_code_id,
    sentence: device_id === null ? capital(deed) : `${nameOf(world, device_id)}: ${deed}`,
  }
}

const ofEdge = (world: World, code: AccessCode, kind: 'check_in' | 'check_out'): Moment => {
  const at = (kind === 'check_in' ? code.starts_at : code.ends_at) ?? world.now
  const door = nameOf(world, code.device_id)
  const guest = guestOf(code)
  return {
    at,
    kind,
    device_id: code.device_id,
    access_code_id: code.access_code_id,
    sentence:
      kind === 'check_in'
        ? `${door}: ${guest} may come in with ${code.code ?? 'a PIN that is not known yet'}.`
        : `${door}: the time of ${guest} is over.`,
  }
}

const edges = (world: World, kind: 'check_in' | 'check_out', limit: number): Moment[] =>
  (kind === 'check_in'
    ? world.access_codes.all(startsAfter({ starts_at: world.now }), { order: byStart, limit })
    : world.access_codes.all(endsAfter({ ends_at: world.now }), { order: byEnd, limit })
  ).map((code) => ofEdge(world, code, kind))

const deliveries = (world: World, limit: number): Moment[] =>
  world.webhook_deliveries
    .all(waiting(), { order: soonestDeliveries, limit })
    .map(({ due_at, event_id, webhook_id, attempts }) => {
      const event = world.events.get(event_id)
      const url = world.webhooks.get(webhook_id)?.url ?? 'a webhook that is gone'
      const again = attempts === 0 ? '' : ` for the ${attempts + 1}. time`
      return {
        at: due_at,
        kind: 'delivery' as const,
        device_id: event?.device_id ?? null,
        access_code_id: event?.access_code_id ?? null,
        sentence: `${url} is told ${event?.event_type ?? 'an event that is gone'}${again}.`,
      }
    })

const rank = ({ kind }: Moment): number => momentKinds.indexOf(kind)

/** The next moments, the soonest first. A job that only keeps an edge of a window is that edge. */
export const agenda = (world: World, limit: number): Moment[] => {
  const windows = [...edges(world, 'check_in', limit), ...edges(world, 'check_out', limit)]
  const isEdge = new Set(windows.map(({ at, access_code_id }) => `${at} ${access_code_id}`))
  const work = world.jobs
    .all([], { order: soonestJobs, limit: 2 * limit })
    .map((job) => ofJob(world, job))
    .filter(({ at, access_code_id }) => !isEdge.has(`${at} ${access_code_id}`))
  return [...windows, ...work, ...deliveries(world, limit)]
    .toSorted((a, b) => a.at - b.at || rank(a) - rank(b))
    .slice(0, limit)
}

/** When somebody comes or goes next; null for never. */
export const nextEdge = (world: World, kind: 'check_in' | 'check_out'): number | null =>
  edges(world, kind, 1)[0]?.at ?? null

/** How many are declared to come and to go by an instant. */
export const edgesUntil = (world: World, to: number) => ({
  check_ins: world.access_codes.count(startsBetween({ starts_at: world.now, ends_at: to })),
  check_outs: world.access_codes.count(endsBetween({ starts_at: world.now + 1, ends_at: to })),
})
