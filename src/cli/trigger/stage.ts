/** Where a scenario plays: a fresh lock of the workspace. */
import { z } from 'zod'
import type { ControlClient } from '../../client/control-client.ts'
import type { EventType } from '../../client/inputs.ts'

const codeAnswer = z.looseObject({ access_code: z.looseObject({ access_code_id: z.string() }) })

/** Workspace time: long enough for a failure to be reported on a frozen clock. */
const LONG = '3d'
/** On a clock that runs nobody waits longer. */
const SHORT = '30s'

export interface Stage {
  readonly client: ControlClient
  readonly device_id: string
  readonly connected_account_id: string
  /** How long a wait may last, in workspace time. */
  readonly timeout: string
  /** Creates an access code on the lock, and answers its id. */
  readonly code: (more?: object) => Promise<string>
  /** The same, once it is set. */
  readonly setCode: (more?: object) => Promise<string>
  /** An instant so many hours from the workspace's present. */
  readonly inHours: (hours: number) => Promise<string>
  /** Waits until the lock, or one of its codes, had this event. */
  readonly until: (event_type: EventType) => Promise<void>
}

/** Hangs a lock of its own on a door, with an account and a bridge of its own. */
export const openStage = async (client: ControlClient): Promise<Stage> => {
  const { device_id, connected_account_id } = await client.locks.create({
    model: 'august',
    name: 'Triggered',
  })
  const { mode } = await client.clock.get()
  const timeout = mode === 'frozen' ? LONG : SHORT
  const code = async (more: object = {}): Promise<string> => {
    const asked = { device_id, name: 'Triggered', ...more }
    const answer = codeAnswer.parse(await client.call('/access_codes/create', asked))
    return answer.access_code.access_code_id
  }
  return {
    client,
    device_id,
    timeout,
    connected_account_id: z.string().parse(connected_account_id),
    code,
    setCode: async (more) => {
      const access_code_id = await code(more)
      await client.waitUntil({ access_code_id, status: 'set', timeout })
      return access_code_id
    },
    inHours: async (hours) =>
      new Date(Date.parse((await client.clock.get()).now) + hours * 3_600_000).toISOString(),
    until: async (event_type) => {
      await client.waitUntil({ device_id, event_type, timeout })
    },
  }
}

/** What is done on the stage to bring an event about. */
export type Scenario = (stage: Stage) => Promise<unknown>
