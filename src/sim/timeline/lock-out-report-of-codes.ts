/** The lock-out report of access codes: each is a stay, from its creation on, also one that is gone. */
import type { BookingReport } from '../access-codes/lock-out-report.ts'
import type { Interval } from '../kernel/intervals.ts'
import type { World } from '../kernel/world.ts'
import { buildTimeline } from './build.ts'

export interface CodeReport {
  access_code_id: string
  device_id: string
  device_name: string
  name: string | null
  code: string | null
  is_gone: boolean
  starts_at: number
  /** null: it has no end. */
  ends_at: number | null
  locked_out: BookingReport['locked_out']
  overstay: Interval[]
}

/** Those whose declared time has begun, in the order of locks and of their creation. */
export const codeReports = (world: World, from: number): CodeReport[] => {
  // What is declared goes on after now.
  const frame = { from, to: Number.POSITIVE_INFINITY }
  const { codes } = buildTimeline(world, { ...frame, limit: Number.POSITIVE_INFINITY })
  return codes.flatMap((code) => {
    const [first] = code.declared
    if (!code.is_managed || first === undefined || first.from > world.now) return []
    const { access_code_id, device_id, name, code: pin, is_gone, locked_out, overstay } = code
    return {
      access_code_id,
      device_id,
      device_name: world.devices.get(device_id)?.name ?? device_id,
      name,
      code: pin,
      is_gone,
      starts_at: first.from,
      ends_at: code.declared.at(-1)?.to ?? null,
      locked_out,
      overstay,
    }
  })
}
