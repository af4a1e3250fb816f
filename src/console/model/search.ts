/** Finds what somebody has in hand: a name, a PIN, an id. */
import type { WorldModel } from './types.ts'

export interface Found {
  /** The place that shows it. */
  readonly place: string
  readonly id: string | null
  readonly query?: Record<string, string>
  readonly device_id: string | null
  readonly access_code_id: string | null
  readonly label: string
  /** What it is, in a word or two. */
  readonly kind: string
}

/** As many as one looks through. */
const MOST = 12

/** Something to be found, and by what. */
interface Candidate {
  readonly it: Found
  readonly texts: readonly (string | null)[]
}

const of = (kind: string, label: string, place: string, id: string | null) => ({
  kind,
  label,
  place,
  id,
  device_id: null,
  access_code_id: null,
})

/** What is no lock and opens none. */
function* elsewhere({ spaces, other_devices, acs_systems }: WorldModel): Generator<Candidate> {
  for (const { space_id, name } of spaces) {
    yield {
      it: { ...of('space', name, 'access', space_id), query: { of: 'spaces' } },
      texts: [name, space_id],
    }
  }
  for (const { device_id, name, kind } of other_devices) {
    if (kind === 'other') continue
    yield {
      it: of(kind.replace('_', ' '), name, 'rooms', device_id),
      texts: [name, device_id],
    }
  }
  for (const { acs_system_id, name } of acs_systems) {
    yield {
      it: of('access system', name, 'systems', acs_system_id),
      texts: [name, acs_system_id],
    }
  }
}

function* candidates(world: WorldModel): Generator<Candidate> {
  const names = new Map(world.locks.map((it) => [it.device_id, it.name]))
  for (const { device_id, name } of world.locks) {
    yield {
      it: { ...of('door', name, 'door', device_id), device_id },
      texts: [name, device_id],
    }
  }
  const { access_codes: codes } = world
  for (const [at, access_code_id] of codes.access_code_id.entries()) {
    const device_id = codes.device_id[at] ?? null
    const [name, code] = [codes.name[at] ?? null, codes.code[at] ?? null]
    const label = `${name ?? 'Code'} at ${names.get(device_id ?? '') ?? 'a lock'}`
    yield {
      it: { ...of('access code', label, 'code', access_code_id), device_id, access_code_id },
      texts: [name, code, access_code_id],
    }
  }
  for (const { bridge_id, name, device_ids } of world.bridges) {
    const device_id = device_ids[0] ?? null
    yield {
      it: { ...of('bridge', name, 'door', device_id), device_id },
      texts: [name, bridge_id],
    }
  }
  for (const { access_grant_id, name } of world.access_grants) {
    yield {
      it: {
        ...of('access grant', name ?? access_grant_id, 'access', access_grant_id),
        query: { of: 'grants' },
      },
      texts: [name, access_grant_id],
    }
  }
  yield* elsewhere(world)
}

/** An id of something that only the traffic has: an event, a call, a message. */
const TRAFFIC_ID = /^(request\d+|msg_\w+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|evt?_\w+)$/i

const rank = ({ texts }: Candidate, wanted: string): number => {
  const ranks = texts.map((text) => {
    const at = text?.toLowerCase().indexOf(wanted) ?? -1
    if (at === -1) return Number.POSITIVE_INFINITY
    if (text?.length === wanted.length) return 0
    return at === 0 ? 1 : 2
  })
  return Math.min(...ranks)
}

/** The best ones first; none for an empty text. */
export const search = (world: WorldModel, text: string): Found[] => {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  const ranked: { rank: number; it: Found }[] = []
  for (const candidate of candidates(world)) {
    const its = rank(candidate, wanted)
    if (its < Number.POSITIVE_INFINITY) ranked.push({ rank: its, it: candidate.it })
  }
  const found = ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ it }) => it)
  if (found.length === 0 && TRAFFIC_ID.test(text.trim())) {
    const find = text.trim()
    found.push(of('in the traffic', find, 'traffic', find))
  }
  return found
}
