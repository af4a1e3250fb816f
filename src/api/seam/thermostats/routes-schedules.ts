/** Thermostat schedules, daily programs, and the week that is made of them. */
import { z } from 'zod'
import { is } from '../../../db/conditions.ts'
import { devices } from '../../../db/tables/devices.ts'
import type { ThermostatSchedule } from '../../../db/tables/thermostat-schedules.ts'
import { notFound } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import {
  createDailyProgram,
  deleteDailyProgram,
  updateDailyProgram,
  updateWeeklyProgram,
} from '../../../sim/thermostats/programs.ts'
import { requireDailyProgram, requireSchedule, schedulesOf } from '../../../sim/thermostats/rows.ts'
import {
  createSchedule,
  deleteSchedule,
  updateSchedule,
} from '../../../sim/thermostats/schedules.ts'
import { requireThermostat } from '../../../sim/thermostats/view.ts'
import { ofUser } from '../../http/list-filters.ts'
import { anyClient, serverAuth } from '../../http/auth.ts'
import type { Auth } from '../../http/auth.ts'
import { commandEndpoint, deviceCommandEndpoint } from '../action-attempts/started.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, timestamp } from '../../http/fields.ts'
import { seesDevice, visibleDevice } from '../../http/visibility.ts'
import {
  presentDailyProgram,
  presentSchedule,
  thermostatDailyProgram,
  thermostatSchedule,
} from './wire.ts'

const withSession = [...serverAuth, 'client_session'] as const

/** @throws thermostat_schedule_not_found, also for one of a device that the caller may not see */
const visibleSchedule = (world: World, auth: Auth, schedule_id: string): ThermostatSchedule => {
  const schedule = requireSchedule(world, schedule_id)
  if (seesDevice(auth, requireThermostat(world, schedule.device_id).device)) return schedule
  throw notFound('thermostat_schedule', { thermostat_schedule_id: schedule_id })
}

/** @throws thermostat_daily_program_not_found, also for one of a device that the caller may not see */
const requireVisibleProgram = (world: World, auth: Auth, program_id: string): void => {
  const { device_id } = requireDailyProgram(world, program_id)
  if (seesDevice(auth, requireThermostat(world, device_id).device)) return
  throw notFound('thermostat_daily_program', { thermostat_daily_program_id: program_id })
}

const override = () => ({
  is_override_allowed: z.boolean().optional(),
  max_override_period_minutes: z.number().int().positive().nullish(),
})

const create = defineEndpoint({
  path: '/thermostats/schedules/create',
  methods: ['POST'],
  auth: anyClient,
  summary: 'Lets a climate preset rule from one instant to another.',
  effect: 'write',
  params: () =>
    z.object({
      device_id: id(),
      climate_preset_key: z.string(),
      starts_at: timestamp(),
      ends_at: timestamp(),
      name: z.string().optional(),
      ...override(),
    }),
  result: () => ({ thermostat_schedule: thermostatSchedule() }),
  handler: ({ world, auth }, params) => {
    visibleDevice(world, auth, params.device_id)
    return { thermostat_schedule: presentSchedule(world, createSchedule(world, params)) }
  },
})

const scheduleOnly = () => z.object({ thermostat_schedule_id: id() })

const remove = defineEndpoint({
  path: '/thermostats/schedules/delete',
  methods: ['DELETE', 'POST'],
  auth: withSession,
  summary: 'Deletes a schedule; one that rules ends at once.',
  effect: 'write',
  params: scheduleOnly,
  result: () => ({}),
  handler: ({ world, auth }, { thermostat_schedule_id }) => {
    visibleSchedule(world, auth, thermostat_schedule_id)
    deleteSchedule(world, thermostat_schedule_id)
    return {}
  },
})

const get = defineEndpoint({
  path: '/thermostats/schedules/get',
  methods: ['GET', 'POST'],
  auth: withSession,
  summary: 'One thermostat schedule.',
  effect: 'read',
  params: scheduleOnly,
  result: () => ({ thermostat_schedule: thermostatSchedule() }),
  handler: ({ world, auth }, { thermostat_schedule_id }) => ({
    thermostat_schedule: presentSchedule(
      world,
      visibleSchedule(world, auth, thermostat_schedule_id),
    ),
  }),
})

const withId = is(devices.device_id)
/** In an account that a session of this user was given. */
const usersOf = ofUser(devices.connected_account_id)

const list = defineEndpoint({
  path: '/thermostats/schedules/list',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary:
    'The schedules of a thermostat in the order of their creation, also those that are over.',
  effect: 'read',
  params: () => z.object({ device_id: id(), user_identifier_key: z.string().optional() }),
  result: () => ({ thermostat_schedules: z.array(thermostatSchedule()) }),
  handler: ({ world, auth }, { device_id, user_identifier_key: user }) => {
    visibleDevice(world, auth, device_id)
    requireThermostat(world, device_id)
    const isOfUser = user === undefined || world.devices.has([withId(device_id), usersOf(user)])
    const schedules = isOfUser ? schedulesOf(world, device_id) : []
    return { thermostat_schedules: schedules.map((it) => presentSchedule(world, it)) }
  },
})

const update = defineEndpoint({
  path: '/thermostats/schedules/update',
  methods: ['PATCH', 'POST'],
  auth: withSession,
  summary: 'Changes what is given of a schedule; one that rules changes at once.',
  effect: 'write',
  params: () =>
    z.object({
      thermostat_schedule_id: id(),
      climate_preset_key: z.string().optional(),
      starts_at: timestamp().optional(),
      ends_at: timestamp().optional(),
      name: z.string().optional(),
      ...override(),
    }),
  result: () => ({}),
  handler: ({ world, auth }, params) => {
    visibleSchedule(world, auth, params.thermostat_schedule_id)
    updateSchedule(world, params)
    return {}
  },
})

const periods = () =>
  z.array(
    z.object({
      starts_at_time: z.string().regex(/^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/),
      climate_preset_key: z.string(),
    }),
  )

const createProgram = defineEndpoint({
  path: '/thermostats/daily_programs/create',
  methods: ['POST'],
  auth: withSession,
  summary: 'Keeps the course of a day for a thermostat; nothing is told to it yet.',
  effect: 'write',
  params: () => z.object({ device_id: id(), name: z.string(), periods: periods() }),
  result: () => ({ thermostat_daily_program: thermostatDailyProgram() }),
  handler: ({ world, auth }, params) => {
    visibleDevice(world, auth, params.device_id)
    return {
      thermostat_daily_program: presentDailyProgram(world, createDailyProgram(world, params)),
    }
  },
})

const removeProgram = defineEndpoint({
  path: '/thermostats/daily_programs/delete',
  methods: ['DELETE', 'POST'],
  auth: withSession,
  summary: 'Deletes a daily program that belongs to no week.',
  effect: 'write',
  params: () => z.object({ thermostat_daily_program_id: id() }),
  result: () => ({}),
  handler: ({ world, auth }, { thermostat_daily_program_id }) => {
    requireVisibleProgram(world, auth, thermostat_daily_program_id)
    deleteDailyProgram(world, thermostat_daily_program_id)
    return {}
  },
})

const updateProgram = commandEndpoint({
  path: '/thermostats/daily_programs/update',
  methods: ['PATCH', 'POST'],
  auth: withSession,
  summary: 'Replaces the periods of a daily program, and tells the thermostat its week.',
  action_attempt_type: 'PUSH_THERMOSTAT_PROGRAMS',
  params: () =>
    z.object({ thermostat_daily_program_id: id(), name: z.string(), periods: periods() }),
  start: (world, { thermostat_daily_program_id, ...program }, auth) => {
    requireVisibleProgram(world, auth, thermostat_daily_program_id)
    return updateDailyProgram(world, thermostat_daily_program_id, program)
  },
})

const day = () => z.guid().nullish()

const updateWeek = deviceCommandEndpoint({
  path: '/thermostats/update_weekly_program',
  methods: ['POST'],
  auth: withSession,
  summary: 'Replaces the week of a thermostat, and tells it.',
  action_attempt_type: 'PUSH_THERMOSTAT_PROGRAMS',
  params: () =>
    z.object({
      device_id: id(),
      sunday_program_id: day(),
      monday_program_id: day(),
      tuesday_program_id: day(),
      wednesday_program_id: day(),
      thursday_program_id: day(),
      friday_program_id: day(),
      saturday_program_id: day(),
    }),
  run: (world, { device_id, ...days }) => {
    const week = [
      days.sunday_program_id,
      days.monday_program_id,
      days.tuesday_program_id,
      days.wednesday_program_id,
      days.thursday_program_id,
      days.friday_program_id,
      days.saturday_program_id,
    ]
    return updateWeeklyProgram(
      world,
      device_id,
      week.map((it) => it ?? null),
    )
  },
})

export const thermostatScheduleEndpoints = [
  create,
  remove,
  get,
  list,
  update,
  createProgram,
  removeProgram,
  updateProgram,
  updateWeek,
]
