/** What a scenario works with: a world of its own behind a real server, reached as users reach it. */
import { SeamHttp } from '@seamapi/http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startEmulator } from '../../src/emulator.ts'
import type { RunningEmulator } from '../../src/emulator.ts'
import { silentLog } from '../../src/log/log.ts'
import { reachedBy } from '../fidelity/table.ts'
import type { Reached } from '../fidelity/table.ts'

/** Locks of the default world. */
export const frontDoor = 'd0000000-0000-4000-8000-000000000001'
export const garageDoor = 'd0000000-0000-4000-8000-000000000002'
export const studioDoor = 'd0000000-0000-4000-8000-000000000003'
export const noKeypadDoor = 'd0000000-0000-4000-8000-000000000004'
export const cabinDoor = 'd0000000-0000-4000-8000-000000000005'
export const frontBridge = 'b0000000-0000-4000-8000-000000000001'

/** The first instant of every scenario, and others as distances from it. */
export const start = Date.UTC(2025, 0, 1)
export const at = (hours: number): string => new Date(start + hours * 3_600_000).toISOString()

const eventSchema = z.looseObject({ event_type: z.string(), occurred_at: z.string() })
export type SeamEvent = z.infer<typeof eventSchema>

const issuesSchema = z.array(
  z.looseObject({ error_code: z.string().optional(), warning_code: z.string().optional() }),
)

export interface Scenario {
  readonly seam: SeamHttp
  readonly endpoint: string
  readonly key: string
  /** Calls the control API. */
  control: (path: string, body?: object) => Promise<Record<string, unknown>>
  /** The same for a call that is to be refused: its status and error. */
  refused: (
    path: string,
    body: object,
  ) => Promise<{ status: number; type: string; message: string }>
  advance: (by: string) => Promise<void>
  advanceTo: (instant: string) => Promise<void>
  /** What the door says to a PIN at this instant: `opens`, or why not. */
  door: (device_id: string, code: string) => Promise<string>
  /** What the lock's memory holds, as `slot: PIN name`. */
  memory: (device_id: string) => Promise<string[]>
  makeLock: (model: string, more?: object) => Promise<string>
  fault: (definition: object) => Promise<string>
  endFault: (fault_id: string) => Promise<void>
  /** The events about a code, oldest first, without their common prefix. */
  story: (access_code_id: string) => Promise<string[]>
  eventsOf: (access_code_id: string) => Promise<SeamEvent[]>
  deviceEvents: (device_id: string) => Promise<string[]>
  /** The codes of an object's errors and warnings. */
  issues: (thing: { errors: unknown; warnings: unknown }) => string[]
}

const callResult = z.looseObject({
  error: z.looseObject({ type: z.string(), message: z.string() }).optional(),
})

const openScenario = (emulator: RunningEmulator, key: string): Scenario => {
  const { endpoint } = emulator
  const post = async (path: string, body: object) => {
    const response = await fetch(`${endpoint}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, answer: callResult.parse(await response.json()) }
  }
  const control = async (path: string, body: object = {}) => {
    const { status, answer } = await post(`/_emulator/${path}`, body)
    if (status !== 200) throw new Error(`${path} answered ${status}: ${answer.error?.message}`)
    return answer
  }
  const seam = SeamHttp.fromApiKey(key, { endpoint })
  const eventsBy = async (by: object): Promise<SeamEvent[]> => {
    const { answer } = await post('/events/list', { since: '2000-01-01T00:00:00Z', ...by })
    return z.array(eventSchema).parse(answer['events']).reverse()
  }
  /** Without what the door tells of the code. */
  const codeEvents = async (access_code_id: string): Promise<SeamEvent[]> =>
    (await eventsBy({ access_code_id })).filter((it) => it.event_type.startsWith('access_code.'))
  return {
    seam,
    endpoint,
    key,
    control,
    refused: async (path, body) => {
      const { status, answer } = await post(path, body)
      return { status, type: answer.error?.type ?? '', message: answer.error?.message ?? '' }
    },
    advance: async (by) => {
      await control('clock/advance', { by })
    },
    advanceTo: async (to) => {
      await control('clock/advance', { to })
    },
    door: async (device_id, code) => {
      const answer = await control('locks/enter_code', { device_id, code })
      return answer['opened'] === true ? 'opens' : String(answer['reason'])
    },
    memory: async (device_id) => {
      const { lock } = z
        .looseObject({
          lock: z.looseObject({
            memory_bank: z.looseObject({
              slots: z.array(
                z.looseObject({ slot: z.number(), code: z.string(), name: z.string().nullable() }),
              ),
            }),
          }),
        })
        .parse(await control('locks/get', { device_id }))
      return lock.memory_bank.slots.map(({ slot, code, name }) => `${slot}: ${code} ${name}`)
    },
    makeLock: async (model, more = {}) => {
      const answer = await control('locks/create', { model, ...more })
      return z.looseObject({ device: z.looseObject({ device_id: z.string() }) }).parse(answer)
        .device.device_id
    },
    fault: async (definition) => {
      const answer = await control('faults/create', definition)
      return z.looseObject({ fault: z.looseObject({ fault_id: z.string() }) }).parse(answer).fault
        .fault_id
    },
    endFault: async (fault_id) => {
      await control('faults/delete', { fault_id })
    },
    story: async (access_code_id) =>
      (await codeEvents(access_code_id)).map((it) => it.event_type.replace('access_code.', '')),
    eventsOf: codeEvents,
    deviceEvents: async (device_id) => (await eventsBy({ device_id })).map((it) => it.event_type),
    issues: ({ errors, warnings }) =>
      [...issuesSchema.parse(errors), ...issuesSchema.parse(warnings)].map(
        (issue) => issue.error_code ?? issue.warning_code ?? '',
      ),
  }
}

/** Which routes were answered well, and every issue and event that went over the wire. */
const readAnswer = (reached: Reached, path: string, body: string): void => {
  reached.routes.add(path)
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'error_code' && typeof inner === 'string') reached.errors.add(inner)
        if (key === 'warning_code' && typeof inner === 'string') reached.warnings.add(inner)
        if (key === 'event_type' && typeof inner === 'string') reached.events.add(inner)
        visit(inner)
      }
    }
  }
  visit(JSON.parse(body))
}

type Test = (title: string, run: (world: Scenario) => Promise<void>) => void

/**
 * Scenarios of one file. Each runs in a world of its own, and must really reach what the
 * fidelity table says that it reaches.
 */
export const scenarios = (): Test => {
  let emulator: RunningEmulator
  let reached: Reached
  const forget = (): void => {
    reached = { events: new Set(), errors: new Set(), warnings: new Set(), routes: new Set() }
  }
  forget()
  beforeAll(async () => {
    emulator = await startEmulator({
      port: 0,
      host: '127.0.0.1',
      db: ':memory:',
      fixture: 'default',
      clock: { mode: 'frozen', at: start },
      api_key: 'seam_test_scenarios',
      check_responses: true,
      log: {
        ...silentLog,
        request: ({ path }, { status, body }) => {
          if (status === 200 && typeof body === 'string') readAnswer(reached, path, body)
        },
      },
    })
  })
  afterAll(async () => {
    await emulator.close()
  })
  return (title, run) => {
    test(title, async () => {
      forget()
      const label = title.replace(/[^a-z0-9]+/gi, '-').slice(0, 120)
      await run(openScenario(emulator, `seam_test_${label}`))
      const missing = reachedBy(title).filter(({ kind, name }) => !reached[kind].has(name))
      expect(missing, 'the fidelity table says that this scenario reaches').toEqual([])
    })
  }
}
