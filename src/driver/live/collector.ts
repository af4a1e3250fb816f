/** What happened since the last frame, in a bounded room. */
import { ENTRIES_PER_FRAME } from '../../contract/stream.ts'
import type { Changed, StreamEntry } from '../../contract/stream.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import { MOST_OVERHEARD } from '../../sim/kernel/overhear.ts'
import type { Overheard } from '../../sim/kernel/overheard.ts'
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

const overheardEntry = (overheard: Overheard): StreamEntry => {
  const { after: _, ...heard } = overheard
  return 'answer_at' in heard
    ? { ...heard, at: toIso(heard.at), answer_at: toIso(heard.answer_at) }
    : { ...heard, at: toIso(heard.at) }
}

/** Everything in the order in which it came: an event's stamp may be ahead of its time. */
const inOrder = (events: readonly RecordedEvent[], heard: readonly Overheard[]): StreamEntry[] => {
  const entries: StreamEntry[] = []
  let next = 0
  for (const [index, event] of events.entries()) {
    for (let it = heard[next]; it !== undefined && it.after <= index; it = heard[++next]) {
      entries.push(overheardEntry(it))
    }
    entries.push(entryOf(event))
  }
  return [...entries, ...heard.slice(next).map(overheardEntry)]
}

export const createCollector = (world: World, partsOf: PartsOf) => {
  const watch = watchWorld(world, partsOf)
  world.overheard = []
  world.pauseWatch = watch.pause
  let entries: StreamEntry[] = []
  let truncated = false
  let requests = 0
  const note = (entry: StreamEntry): void => {
    if (entries.length < ENTRIES_PER_FRAME) entries.push(entry)
    else truncated = true
  }
  return {
    noteEvents: (events: readonly RecordedEvent[]): void => {
      const heard = world.overheard?.splice(0) ?? []
      if (heard.length === MOST_OVERHEARD) truncated = true
      for (const entry of inOrder(events, heard)) note(entry)
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
    stop: (): void => {
      watch.stop()
      world.overheard = null
      world.pauseWatch = null
    },
  }
}
