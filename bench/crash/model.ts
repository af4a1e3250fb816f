import type { AccessCode, SeamEvent } from '../lib/client.ts'

/** What the clients know about one code, from what they asked and what was answered. */
export type KnownCode = {
  /** The declared name by the last answered create or update; unique in the whole run. */
  name: string
  /** Asked for and not answered yet: either name may be true after a crash. */
  name_asked?: string
  device_id: string
  /** Ongoing codes belong on the lock; codes of the far future do not yet. */
  ongoing: boolean
  /** Absent until the create is answered. */
  access_code_id?: string
  /** Updates asked, answered or not: each may set the code on the lock once more. */
  updates: number
  deletion: 'none' | 'asked' | 'answered'
}

/** What is there after the crash, the restart and everything due having run. */
export type Observed = {
  listed: AccessCode[]
  /** All events of the workspace in the order of events/list. */
  events: SeamEvent[]
  /** Codes in the memory of the locks. */
  slots: { device_id: string; access_code_id: string | null }[]
  /** By webhook: ids of the events that arrived at least once, since the webhook exists. */
  received: Map<string, Set<string>>
}

/** What was seen before the crash. */
export type Seen = {
  /** Ids in the order of events/list, as far as the observer had read. */
  event_ids: string[]
  /** Events up to this index were recorded before the webhooks were registered. */
  undelivered: number
}

export type Violation = {
  kind: 'lost' | 'repeated' | 'reordered' | 'undelivered' | 'wrong'
  text: string
}

/**
 * Every way in which the state after a restart contradicts what was answered before the crash.
 * Pure: the same input gives the same list.
 */
export function violations(codes: KnownCode[], seen: Seen, observed: Observed): Violation[] {
  const found: Violation[] = []
  const report = (kind: Violation['kind'], text: string) => found.push({ kind, text })
  const byName = new Map<string, AccessCode[]>()
  for (const code of observed.listed) {
    const name = code.name ?? ''
    byName.set(name, [...(byName.get(name) ?? []), code])
  }
  const counts = countEvents(observed.events)
  const slotsOf = new Map<string, number>()
  for (const { access_code_id } of observed.slots) {
    if (access_code_id !== null) slotsOf.set(access_code_id, (slotsOf.get(access_code_id) ?? 0) + 1)
  }

  const expectedNames = new Set<string>()
  for (const code of codes) {
    const names = [code.name, ...(code.name_asked === undefined ? [] : [code.name_asked])]
    for (const name of names) expectedNames.add(name)
    const present = names.flatMap((name) => byName.get(name) ?? [])
    if (present.length > 1) report('repeated', `${code.name} exists ${present.length} times`)
    const there = present[0]
    const id = code.access_code_id
    if (id !== undefined) {
      if (there !== undefined && there.access_code_id !== id) {
        report('wrong', `${code.name} was ${id} and is now ${there.access_code_id}`)
      }
      if (there === undefined && code.deletion === 'none') {
        report('lost', `${code.name} (${id}) was answered and is gone`)
      }
      if (there !== undefined && code.deletion === 'answered') {
        report('lost', `the delete of ${code.name} was answered; its status is ${there.status}`)
      }
    }
    const effects = id ?? there?.access_code_id
    if (effects !== undefined) {
      const check = checkEffects(code, effects, there !== undefined, counts, slotsOf)
      found.push(...check)
    }
  }
  for (const name of byName.keys()) {
    if (!expectedNames.has(name)) report('wrong', `nobody created a code named ${name}`)
  }
  found.push(...checkEvents(seen, observed))
  return found
}

type Counts = Map<string, Map<string, number>>

function countEvents(events: SeamEvent[]): Counts {
  const counts: Counts = new Map()
  for (const { event_type, access_code_id } of events) {
    if (access_code_id === undefined) continue
    const ofCode = counts.get(access_code_id) ?? new Map<string, number>()
    ofCode.set(event_type, (ofCode.get(event_type) ?? 0) + 1)
    counts.set(access_code_id, ofCode)
  }
  return counts
}

/** A job that runs twice with effect leaves a second event or a second slot. */
function checkEffects(
  code: KnownCode,
  id: string,
  present: boolean,
  counts: Counts,
  slotsOf: Map<string, number>,
): Violation[] {
  const found: Violation[] = []
  const count = (type: string) => counts.get(id)?.get(`access_code.${type}`) ?? 0
  const between = (type: string, least: number, most: number) => {
    const actual = count(type)
    if (actual < least) found.push({ kind: 'lost', text: `${code.name}: ${actual} × ${type}` })
    if (actual > most) found.push({ kind: 'repeated', text: `${code.name}: ${actual} × ${type}` })
  }
  const gone = !present && code.deletion !== 'none'
  const mustBeSet = code.ongoing && code.deletion === 'none'
  between('created', 1, 1)
  between('set_on_device', mustBeSet ? 1 : 0, code.ongoing ? 1 + code.updates : 0)
  between('removed_from_device', 0, gone ? 1 : 0)
  between('deleted', gone ? 1 : 0, gone ? 1 : 0)
  const slots = slotsOf.get(id) ?? 0
  const least = mustBeSet && present ? 1 : 0
  const most = code.ongoing && !gone ? 1 : 0
  if (slots < least) found.push({ kind: 'lost', text: `${code.name} is not on its lock` })
  if (slots > most) {
    found.push({ kind: 'repeated', text: `${code.name} is ${slots} times on its lock` })
  }
  return found
}

function checkEvents(seen: Seen, observed: Observed): Violation[] {
  const found: Violation[] = []
  const ids = observed.events.map((event) => event.event_id)
  const all = new Set(ids)
  if (all.size < ids.length) {
    found.push({ kind: 'repeated', text: `${ids.length - all.size} event ids occur twice` })
  }
  const changedAt = seen.event_ids.findIndex((id, index) => ids[index] !== id)
  if (changedAt !== -1) {
    const id = seen.event_ids[changedAt] ?? ''
    const kind = all.has(id) ? 'reordered' : 'lost'
    found.push({ kind, text: `event ${id} was number ${changedAt} before the crash` })
  }
  for (const [webhook, arrived] of observed.received) {
    const missing = observed.events
      .slice(seen.undelivered)
      .filter((event) => !arrived.has(event.event_id))
    const first = missing[0]
    if (first !== undefined) {
      const text = `${missing.length} events never reached ${webhook}, first ${first.event_type}`
      found.push({ kind: 'undelivered', text })
    }
  }
  return found
}

/**
 * Settles what was open at the crash by what is there now, so that the next round starts with
 * certain knowledge. Codes of which nothing was ever answered or found are dropped.
 */
export function settle(codes: KnownCode[], listed: AccessCode[]): KnownCode[] {
  const byName = new Map(listed.map((code) => [code.name ?? '', code]))
  const settled: KnownCode[] = []
  for (const code of codes) {
    const asked = code.name_asked === undefined ? undefined : byName.get(code.name_asked)
    const there = asked ?? byName.get(code.name)
    const access_code_id = code.access_code_id ?? there?.access_code_id
    if (access_code_id === undefined) continue
    const { name_asked: _, ...certain } = code
    settled.push({
      ...certain,
      access_code_id,
      name: there?.name ?? code.name,
      deletion: code.deletion === 'asked' ? (there ? 'none' : 'answered') : code.deletion,
    })
  }
  return settled
}
