/** A credential at its three places: what Seam wants, what the server has, and what the door or the card says. */
import { acs_cards } from '../../db/tables/acs-cards.ts'
import type { AcsCard } from '../../db/tables/acs-cards.ts'
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import type { AcsEntrance, DoorRefusal } from '../../db/tables/acs-entrances.ts'
import { eq, where } from '../../db/conditions.ts'
import { jsonAt } from '../../db/conditions.ts'
import { fieldsOutOfSync, writtenOf } from '../acs-credentials/contents.ts'
import { requireEntrance } from '../acs-entrances/rows.ts'
import { systemLink } from '../acs-systems/link.ts'
import { notFound } from '../kernel/errors.ts'
import { toIso } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import { judgeCard, judgeRight } from './judge.ts'
import { rightOf } from './rights.ts'

const writtenFor = where(acs_cards, ['card_number'], (c, its) =>
  eq(jsonAt(c.contents, '$.acs_credential_id'), its.card_number),
)

export interface AtDoor {
  knows_by: 'table' | 'copy' | 'card'
  opens_now: boolean
  reason: DoorRefusal | null
}

export interface ExplainedCredential {
  credential: AcsCredential | undefined
  card: AcsCard | undefined
  at_door: AtDoor | null
  waits_for: {
    reason: 'link' | 'answer' | 'retry' | 'user' | 'encoding' | 'nothing'
    until: number | null
  }
  summary: string[]
}

const atDoor = (
  world: World,
  entrance: AcsEntrance,
  credential: AcsCredential | undefined,
  card: AcsCard | undefined,
): AtDoor => {
  const door = { in_privacy_mode: entrance.privacy_mode_at !== null, now: world.now }
  if (!entrance.is_wired) {
    const contents = card?.contents ?? credential?.written ?? null
    const reason = judgeCard(
      { contents, is_damaged: (card?.damaged_at ?? null) !== null },
      {
        ...door,
        acs_system_id: entrance.acs_system_id,
        acs_entrance_id: entrance.acs_entrance_id,
        compares_issues: entrance.category === 'guest',
        seen_issue: entrance.seen_issue,
      },
    )
    return { knows_by: 'card', opens_now: reason === null, reason }
  }
  const kept = entrance.kept_rights
  const right =
    kept === null
      ? credential && rightOf(world, credential, entrance)
      : kept.find((it) => it.acs_credential_id === credential?.acs_credential_id)
  const reason = judgeRight(right, door)
  return { knows_by: kept === null ? 'table' : 'copy', opens_now: reason === null, reason }
}

const waitsFor = (
  world: World,
  credential: AcsCredential | undefined,
): ExplainedCredential['waits_for'] => {
  if (credential === undefined) return { reason: 'nothing', until: null }
  const { push, access_method, issued_at, known } = credential
  if (push !== null && push.due_at !== null) return { reason: 'answer', until: push.due_at }
  const system = world.acs_systems.get(credential.acs_system_id)
  const isLinked = system !== undefined && systemLink(world, system).online
  if (push !== null)
    return isLinked ? { reason: 'retry', until: push.retry_at } : { reason: 'link', until: null }
  if (known === null) return { reason: 'user', until: null }
  return access_method === 'card' && issued_at === null
    ? { reason: 'encoding', until: null }
    : { reason: 'nothing', until: null }
}

const sentences = (
  world: World,
  { credential, card, at_door }: Omit<ExplainedCredential, 'summary' | 'waits_for'>,
): string[] => {
  const said: string[] = []
  if (credential === undefined) {
    said.push('Seam has no such credential any more.')
    const contents = card?.contents ?? null
    if (card !== undefined && contents !== null) {
      const { ends_at } = contents
      const until = ends_at === null ? 'for good' : `until ${toIso(ends_at)}`
      said.push(
        `The card ${card.card_number} still says what was written on it, ${until}: a deletion does not reach cards, nor doors that read them.`,
      )
    }
  } else {
    if (credential.deletion_requested_at !== null) said.push('It is being deleted.')
    if (credential.invalidated_at !== null)
      said.push('It is invalid: another credential has taken its place.')
    if (credential.known !== null && credential.held === null)
      said.push('The server has lost it, and Seam does not know: a change of it brings it back.')
    const error = credential.push?.error ?? null
    if (error !== null) said.push(`The server refused: ${error}`)
    const stale =
      credential.written === null || credential.access_method !== 'card'
        ? []
        : fieldsOutOfSync(credential.written, writtenOf(world, credential))
    if (stale.length > 0)
      said.push(
        `The card says otherwise than the credential: ${stale.join(', ')}. Encode it again.`,
      )
  }
  if (at_door !== null) {
    const by = { table: 'its table', copy: 'what it knew when its line was cut', card: 'the card' }
    const verdict = at_door.opens_now ? 'opens' : `refuses (${at_door.reason ?? ''})`
    said.push(`The door ${verdict} by ${by[at_door.knows_by]}.`)
  }
  return said.length > 0 ? said : ['Seam, the server and the door agree.']
}

/** @throws acs_credential_not_found for one that is nowhere, acs_entrance_not_found */
export const explainCredential = (
  world: World,
  acs_credential_id: string,
  acs_entrance_id: string | undefined,
): ExplainedCredential => {
  const credential = world.acs_credentials.get(acs_credential_id)
  const card =
    credential?.card_number === undefined || credential.card_number === null
      ? world.acs_cards.first(writtenFor({ card_number: acs_credential_id }))
      : world.acs_cards.get(credential.card_number)
  if (credential === undefined && card === undefined)
    throw notFound('acs_credential', { acs_credential_id })
  const entrance =
    acs_entrance_id === undefined ? undefined : requireEntrance(world, acs_entrance_id)
  const at_door = entrance === undefined ? null : atDoor(world, entrance, credential, card)
  const found = { credential, card, at_door }
  return {
    ...found,
    waits_for: waitsFor(world, credential),
    summary: sentences(world, found),
  }
}
