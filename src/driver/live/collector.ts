/** What happened since the last frame, in a bounded room. */
import { ENTRIES_PER_FRAME } from '../../contract/stream.ts'
import type { Changed, StreamEntry } from '../../contract/stream.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { RecordedEvent, World } from '../../sim/kernel/world.ts'
import { watchWorld } from './changes.ts'
import type { PartsOf } from './changes.ts'

export interface Collected {
  entries: StreamEntry[]
  truncated: boolean
  changed: Changed
}

const entryOf = (event: RecordedEvent): StreamEntry => ({
  kind: 'event',
  at: toIso(event.occurred_at),
  device_id: event.device_id,
  access_code_id: event.access_code_id,
  event_id: event.event_id,
  event_type: event.event_type,
})

export const createCollector = (world: World, partsOf: PartsOf) => {
  const watch = watchWorld(world, partsOf)
  let entries: StreamEntry[] = []
  let truncated = false
  let requests = 0
  const note = (entry: StreamEntry): void => {
    if (entries.length < ENTRIES_PER_FRAME) entries.push(entry)
    else truncated = true
  }
  return {
    noteEvents: (events: readonly RecordedEvent[]): void => {
      for (const event of events) note(entryOf(event))
    },
    noteCall: (): void => {
      requests++
    },
    take: (): Collected => {
      const taken = { entries, truncated, changed: watch.take(requests) }
      entries = []
      truncated = false
      requests = 0
      return taken
    },
    stop: watch.stop,
  }
}
