/** What a scenario works with: a world of its own behind a real server, reached as users reach it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { silentLog } from '../../src/log/log.ts'
import { reachedBy } from '../fidelity/table.ts'
import type { Reached } from '../fidelity/table.ts'
import type { FaultInput } from '../../src/client/inputs.ts'
import { startPlaces } from '../support/place.ts'
import type { Place, Places, SeenEvent } from '../support/place.ts'

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

const issuesSchema = z.array(
  z.looseObject({ error_code: z.string().optional(), warning_code: z.string().optional() }),
)

const refusal = z.looseObject({
  error: z.looseObject({ type: z.string(), message: z.string() }).optional(),
})

export type Scenario = ReturnType<typeof scenarioAt>

/** A place, with the questions that scenarios ask. */
const scenarioAt = (place: Place) => {
  const { emulator, raw, events } = place
  /** The events about a code, oldest first, without what the door tells of it. */
  const eventsOf = async (access_code_id: string): Promise<SeenEvent[]> =>
    (await events({ access_code_id })).filter((it) => it.event_type.startsWith('access_code.'))
  return {
    seam: place.seam,
    emulator,
    control: place.control,
    /** A call that is to be refused: its status and error. */
    refused: async (path: string, body: object) => {
      const answer = await raw(path, body)
      const { error } = refusal.parse(answer.body)
      return { status: answer.status, type: error?.type ?? '', message: error?.message ?? '' }
    },
    advance: place.advance,
    advanceTo: (to: string) => place.advance({ to }),
    /** What the door says to a PIN at this instant: `opens`, or why not. */
    door: async (device_id: string, code: string) => {
      const { opened, reason } = await place.enter(device_id, code)
      return opened ? 'opens' : String(reason)
    },
    /** What the lock's memory holds, as `slot: PIN name`. */
    memory: async (device_id: string) =>
      (await place.slots(device_id)).map(({ slot, code, name }) => `${slot}: ${code} ${name}`),
    makeLock: place.hang,
    fault: async (fault: FaultInput) => (await emulator.faults.create(fault)).fault_id,
    endFault: (fault_id: string) => emulator.faults.delete({ fault_id }),
    /** The types of the events about a code, oldest first, without their common prefix. */
    story: async (access_code_id: string) =>
      (await eventsOf(access_code_id)).map((it) => it.event_type.replace('access_code.', '')),
    eventsOf,
    deviceEvents: (device_id: string) => place.types({ device_id }),
    /** The codes of an object's errors and warnings. */
    issues: ({ errors, warnings }: { errors: unknown; warnings: unknown }) =>
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
  let places: Places
  let reached: Reached
  const forget = (): void => {
    reached = { events: new Set(), errors: new Set(), warnings: new Set(), routes: new Set() }
  }
  forget()
  beforeAll(async () => {
    places = await startPlaces({
      clock: { mode: 'frozen', at: start },
      log: {
        ...silentLog,
        request: ({ path }, { status, body }) => {
          if (status === 200 && typeof body === 'string') readAnswer(reached, path, body)
        },
      },
    })
  })
  afterAll(async () => {
    await places.stop()
  })
  return (title, run) => {
    test(title, async () => {
      forget()
      const label = title.replace(/[^a-z0-9]+/gi, '-').slice(0, 120)
      await run(scenarioAt(places.open(label)))
      const missing = reachedBy(title).filter(({ kind, name }) => !reached[kind].has(name))
      expect(missing, 'the fidelity table says that this scenario reaches').toEqual([])
    })
  }
}
