/** Credentials that are on their way from one user to another, or from or to nobody. */
import { isNotNull, where } from '../../db/conditions.ts'
import { acs_credentials } from '../../db/tables/acs-credentials.ts'
import type { World } from '../kernel/world.ts'

export interface Assignment {
  acs_credential_id: string
  /** The user gets it; otherwise it is taken away. */
  isComing: boolean
}

const onTheirWay = where(acs_credentials, [], (c) => isNotNull(c.push))

type ByUser = ReadonlyMap<string, readonly Assignment[]>

const find = (world: World): ByUser => {
  const found = new Map<string, Assignment[]>()
  const note = (acs_user_id: string | null, assignment: Assignment): void => {
    if (acs_user_id === null) return
    found.set(acs_user_id, [...(found.get(acs_user_id) ?? []), assignment])
  }
  for (const { acs_credential_id, acs_user_id, known } of world.acs_credentials.all(onTheirWay())) {
    if (known === null || known.acs_user_id === acs_user_id) continue
    note(known.acs_user_id, { acs_credential_id, isComing: false })
    note(acs_user_id, { acs_credential_id, isComing: true })
  }
  return found
}

interface Kept {
  key: string
  byUser: ByUser
}
const kept = new WeakMap<World, Kept>()

/** What of a user's credentials its system does not know yet. Looked up once for as long as nothing changes. */
export const assignmentsOf = (world: World, acs_user_id: string): readonly Assignment[] => {
  const key = `${world.generation} ${world.acs_credentials.version}`
  const known = kept.get(world)
  const byUser = known?.key === key ? known.byUser : find(world)
  if (known?.key !== key) kept.set(world, { key, byUser })
  return byUser.get(acs_user_id) ?? []
}
