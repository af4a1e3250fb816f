/** A credential at its three places: what Seam wants, what the server has, and what the door or the card says. */
import { acs_cards } from '../../db/tables/acs-cards.ts'
import type { AcsCard } from '../../db/tables/acs-cards.ts'
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import type { DoorRefusal, DoorRight } from '../../db/tables/acs-entrances.ts'
import { eq, where } from '../../db/conditions.ts'
import { jsonAt } from '../../db/conditions.ts'
import { fieldsOutOfSync, writtenOf } from '../acs-credentials/contents.ts'
import { requireEntrance } from '../acs-entrances/rows.ts'
import { systemLink } from '../acs-systems/link.ts'
import { notFound } from '../kernel/errors.ts'
import { toIso } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import { causeAtTable, causeByBytes } from './explain-causes.ts'
import type { DoorCause, Shown } from './explain-causes.ts'
import { explainIssues } from './explain-issues.ts'
import type { ExplainedIssue } from './explain-issues.ts'
import { causeWords, waitWords } from './explain-words.ts'
import type { CredentialWait } from './explain-words.ts'
import { rightOf } from './rights.ts'
import { bytesOnCard, bytesOnPhone, judgeByBytes, judgeByTable } from './verdict.ts'
import type { Bytes } from './verdict.ts'

const writtenFor = where(acs_cards, ['card_number'], (c, its) =>
  eq(jsonAt(c.contents, '$.acs_credential_id'), its.card_number),
)

export interface AtDoor {
  knows_by: 'table' | 'copy' | 'card'
  opens_now: boolean
  reason: DoorRefusal | null
  cause: DoorCause | null
}

export interface ExplainedCredential {
  credential: AcsCredential | undefined
  card: AcsCard | undefined
  at_door: AtDoor | null
  waits_for: { reason: CredentialWait; until: number | null }
  issues: ExplainedIssue[]
  summary: string[]
  /** What would help, each once. */
  help: string[]
}

/** What a reader would read: of a card that was written with another credential nothing of this one. */
const bytesOf = ({ world, credential, card }: Shown): Bytes => {
  if (card === undefined) return bytesOnPhone(world, credential)
  const bytes = bytesOnCard(card)
  const isOther =
    credential !== undefined &&
    bytes.contents !== null &&
    bytes.contents.acs_credential_id !== credential.acs_credential_id
  return isOther ? { ...bytes, contents: null } : bytes
}

/** A card that is not written yet is nothing that could be held to a door. */
const rightOfShown = ({ world, entrance, credential }: Shown): DoorRight | undefined => {
  if (credential === undefined) return undefined
  if (credential.access_method === 'card' && credential.card_number === null) return undefined
  const kept = entrance.kept_rights
  const right =
    kept === null
      ? rightOf(world, credential, entrance)
      : kept.find((it) => it.acs_credential_id === credential.acs_credential_id)
  // A number that has changed is not at the door before the change is.
  const { code, card_number } = credential
  return right?.code === code && right.card_number === card_number ? right : undefined
}

const atDoor = (shown: Shown): AtDoor => {
  const { world, entrance, card } = shown
  if (!entrance.is_wired) {
    const bytes = bytesOf(shown)
    const reason = judgeByBytes(world, entrance, bytes)
    const cause = reason && causeByBytes(shown, bytes, reason)
    return { knows_by: 'card', opens_now: reason === null, reason, cause }
  }
  const right = rightOfShown(shown)
  const reason = judgeByTable(world, entrance, right, card)
  const cause = reason && causeAtTable(shown, right, reason)
  const knows_by = entrance.kept_rights === null ? 'table' : 'copy'
  return { knows_by, opens_now: reason === null, reason, cause }
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
  {
    credential,
    card,
    at_door,
    waits_for,
  }: Omit<ExplainedCredential, 'summary' | 'help' | 'issues'>,
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
  const wait = waitWords[waits_for.reason]
  if (wait !== null) said.push(wait.why)
  if (at_door !== null) {
    const by = { table: 'its table', copy: 'what it knew when its line was cut', card: 'the card' }
    const { reason, cause, knows_by } = at_door
    const verdict = reason === null ? 'opens' : `refuses (${reason})`
    const why = cause === null ? '' : `: ${causeWords[cause].why}`
    said.push(`The door ${verdict} by ${by[knows_by]}${why}.`)
  }
  return said.length > 0 ? said : ['Seam, the server and the door agree.']
}

const helpOf = (
  { at_door, waits_for }: Pick<ExplainedCredential, 'at_door' | 'waits_for'>,
  issues: readonly ExplainedIssue[],
): string[] => {
  const cause = at_door?.cause ?? null
  const all = [
    waitWords[waits_for.reason]?.help,
    cause === null ? null : causeWords[cause].help,
    ...issues.map((it) => it.help),
  ]
  return [...new Set(all.flatMap((it) => it ?? []))]
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
  const at_door =
    entrance === undefined ? null : atDoor({ world, entrance, credential, card: card ?? undefined })
  const waits_for = waitsFor(world, credential)
  const found = { credential, card, at_door, waits_for }
  const issues = explainIssues(world, credential, entrance)
  return {
    ...found,
    issues,
    summary: sentences(world, found),
    help: helpOf(found, issues),
  }
}
