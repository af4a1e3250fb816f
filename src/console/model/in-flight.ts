/** Commands on their way to locks, as the stream told of them. */
import type { StreamEntry } from '../../contract/stream.ts'

export type Flight = 'under_way' | 'refused'

/** How long a refusal is seen, ms of workspace time. */
const SEEN = 120_000

/** By lock: a command that is under way, or was refused just now. */
export const flights = (entries: readonly StreamEntry[], now: number): Map<string, Flight> => {
  const found = new Map<string, Flight>()
  for (const { kind, at, device_id, answer_at, outcome } of entries) {
    if (device_id === null) continue
    if (kind === 'command_sent' && answer_at !== undefined && Date.parse(answer_at) > now) {
      found.set(device_id, 'under_way')
    }
    if (kind !== 'command_answered') continue
    found.delete(device_id)
    if (outcome !== 'done' && Date.parse(at) > now - SEEN) found.set(device_id, 'refused')
  }
  return found
}
