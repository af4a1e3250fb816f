/** What is written on a card, or on a phone, for a credential. */
import type { AcsCredential, CardContents } from '../../db/tables/acs-credentials.ts'
import type { World } from '../kernel/world.ts'
import { entrancesOfCredential } from './access.ts'

const latest = (a: number | null, b: number | null | undefined): number | null =>
  a === null ? (b ?? null) : Math.max(a, b ?? a)

const earliest = (a: number | null, b: number | null | undefined): number | null =>
  a === null ? (b ?? null) : Math.min(a, b ?? a)

/** Its window is the credential's within the user's: an offline lock knows no users. */
export const writtenOf = (world: World, credential: AcsCredential): CardContents => {
  const { acs_system_id, acs_credential_id, acs_user_id } = credential
  const user = acs_user_id === null ? undefined : world.acs_users.get(acs_user_id)
  return {
    acs_system_id,
    acs_credential_id,
    acs_user_id,
    issue: credential.issue ?? 0,
    starts_at: latest(credential.starts_at, user?.access_schedule?.starts_at),
    ends_at: earliest(credential.ends_at, user?.access_schedule?.ends_at),
    acs_entrance_ids: entrancesOfCredential(world, credential).map((it) => it.acs_entrance_id),
  }
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id))

/** The fields in which the card and the record differ. */
export const fieldsOutOfSync = (card: CardContents, record: CardContents): string[] => [
  ...(card.starts_at === record.starts_at ? [] : ['starts_at']),
  ...(card.ends_at === record.ends_at ? [] : ['ends_at']),
  ...(sameIds(card.acs_entrance_ids, record.acs_entrance_ids) ? [] : ['acs_entrance_ids']),
]
