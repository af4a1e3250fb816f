/** What a scan finds on the card, and what Seam knows of it. */
import type { AcsCard } from '../../db/tables/acs-cards.ts'
import { acs_credentials } from '../../db/tables/acs-credentials.ts'
import type { AcsCredential, CardContents } from '../../db/tables/acs-credentials.ts'
import { and, desc, eq, isNotNull, orderBy, where } from '../../db/conditions.ts'
import { failure } from '../action-attempts/action.ts'
import type { Settlement } from '../action-attempts/attempts.ts'
import { newCard } from '../acs-cards/rows.ts'
import { writeCard } from '../acs-cards/write.ts'
import { fieldsOutOfSync, writtenOf } from '../acs-credentials/contents.ts'
import { assignCredential, createCredential } from '../acs-credentials/operations.ts'
import { isDomainError } from '../kernel/errors.ts'
import { toIsoOrNull } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import { detectedCard, hasTags } from './detect.ts'
import { credentialResult } from './encode.ts'
import type { EncoderAction } from './queue.ts'
import { requireEncoder } from './rows.ts'

const issuedCards = where(acs_credentials, ['acs_system_id'], (c, its) =>
  and(
    eq(c.acs_system_id, its.acs_system_id),
    eq(c.access_method, 'card'),
    isNotNull(c.card_number),
  ),
)
const newestFirst = orderBy(acs_credentials, (c) => [desc(c.seq)])

interface Found {
  card_number: string | null
  format: string
  /** null of a tag that is nobody's yet. */
  contents: CardContents | null
  written_at: number | null
}

const doorsOf = (world: World, { acs_entrance_ids }: CardContents, category: string): string[] =>
  acs_entrance_ids.filter((id) => world.acs_entrances.get(id)?.category === category)

const visionlineOf = (
  world: World,
  found: Found,
  contents: CardContents,
  record: AcsCredential | undefined,
) => ({
  card_format: found.format,
  card_id: found.card_number ?? '',
  cancelled: record === undefined,
  discarded: false,
  expired: contents.ends_at !== null && contents.ends_at <= world.now,
  overridden: record !== undefined && record.invalidated_at !== null,
  overwritten: false,
  number_of_issued_cards: record?.card_number === null ? 0 : 1,
  pending_auto_update: false,
  guest_acs_entrance_ids: doorsOf(world, contents, 'guest'),
  common_acs_entrance_ids: doorsOf(world, contents, 'common'),
})

const warning = (warning_code: string, warning_message: string) => ({
  warning_code,
  warning_message,
})

const result = (
  world: World,
  found: Found | null,
  record: AcsCredential | undefined,
  outOfSync: readonly string[],
): Settlement => {
  const contents = found?.contents ?? null
  const isVisionline =
    contents !== null && world.acs_systems.get(contents.acs_system_id)?.model === 'visionline'
  return {
    status: 'success',
    result: {
      acs_credential_on_encoder: found && {
        card_number: found.card_number,
        created_at: toIsoOrNull(found.written_at),
        is_issued: contents !== null,
        starts_at: toIsoOrNull(contents?.starts_at ?? null),
        ends_at: toIsoOrNull(contents?.ends_at ?? null),
        ...(isVisionline && {
          visionline_metadata: visionlineOf(world, found, contents, record),
        }),
      },
      acs_credential_id_on_seam: record?.acs_credential_id ?? null,
      warnings: [
        ...(found !== null && record === undefined
          ? [
              warning(
                'acs_credential_on_seam_not_found',
                'There is no acs_credential_on_seam for what is on the card.',
              ),
            ]
          : []),
        ...(outOfSync.length === 0
          ? []
          : [
              warning(
                'acs_credential_on_encoder_out_of_sync',
                `The following properties are out of sync between acs_credential_on_encoder and acs_credential_on_seam: ${outOfSync.join(', ')}`,
              ),
            ]),
      ],
    },
  }
}

/** A blank card says nothing; a tag has its number even so. */
const foundOn = (
  { card_number, format, contents, written_at }: AcsCard,
  isTag: boolean,
): Found | null =>
  contents === null && !isTag ? null : { card_number, format, contents, written_at }

/** The credential that the simulation speaks of: the one that was named, or the newest card of the system. */
const simulatedCredential = (world: World, { acs_encoder_id, forced }: EncoderAction) => {
  const { acs_system_id } = requireEncoder(world, acs_encoder_id)
  return forced?.acs_credential_id === undefined
    ? world.acs_credentials.first(issuedCards({ acs_system_id }), { order: newestFirst, limit: 1 })
    : world.acs_credentials.get(forced.acs_credential_id)
}

const simulatedScan = (world: World, action: EncoderAction): Settlement => {
  const { acs_encoder_id, forced } = action
  if (forced?.error_code !== undefined)
    return failure(forced.error_code, 'This is what was simulated for the next scan.')
  if (forced?.scenario === 'credential_on_encoder_is_empty')
    return result(world, null, undefined, [])
  const record = simulatedCredential(world, action)
  const { acs_system_id } = requireEncoder(world, acs_encoder_id)
  const contents =
    record === undefined
      ? {
          acs_system_id,
          acs_credential_id: acs_encoder_id,
          acs_user_id: null,
          issue: 0,
          starts_at: world.now,
          ends_at: null,
          acs_entrance_ids: [],
        }
      : writtenOf(world, record)
  const found: Found = {
    card_number: record?.card_number ?? newCard(world).card_number,
    format: 'rfid48',
    contents,
    written_at: record?.issued_at ?? world.now,
  }
  const isUnknown = forced?.scenario === 'credential_does_not_exist_on_seam'
  if (isUnknown || record === undefined) return result(world, found, undefined, [])
  const isStale = forced?.scenario === 'credential_on_encoder_needs_update'
  return result(world, found, record, isStale ? ['ends_at'] : [])
}

export const scanNow = (world: World, action: EncoderAction): Settlement => {
  if (action.forced !== undefined) return simulatedScan(world, action)
  const card = detectedCard(world, action)
  if (card === undefined)
    return failure('no_credential_on_encoder', 'There is no card on the encoder.')
  if (card.damaged_at !== null)
    return failure('uncategorized_error', 'The card is damaged and cannot be read.')
  const found = foundOn(card, hasTags(world, action.acs_encoder_id))
  const { contents } = card
  const record =
    contents === null ? undefined : world.acs_credentials.get(contents.acs_credential_id)
  const outOfSync =
    contents === null || record === undefined
      ? []
      : fieldsOutOfSync(contents, writtenOf(world, record))
  return result(world, found, record, outOfSync)
}

/** The credential of a card gets its user; a card that nobody knows becomes one of the user's. */
const assignCard = (world: World, card: AcsCard, acs_user_id: string): string => {
  const known =
    card.contents === null ? undefined : world.acs_credentials.get(card.contents.acs_credential_id)
  if (known !== undefined) {
    assignCredential(world, known.acs_credential_id, acs_user_id)
    return known.acs_credential_id
  }
  const credential = createCredential(world, { acs_user_id, access_method: 'card' })
  writeCard(world, card, credential)
  return credential.acs_credential_id
}

export const scanToAssignNow = (world: World, action: EncoderAction): Settlement => {
  const { acs_user_id = '', forced } = action
  if (forced?.error_code !== undefined)
    return failure(forced.error_code, 'This is what was simulated for the next scan.')
  const card = detectedCard(world, action) ?? (forced === undefined ? undefined : newCard(world))
  if (card === undefined)
    return failure('no_credential_on_encoder', 'There is no card on the encoder.')
  try {
    return credentialResult(world, assignCard(world, card, acs_user_id))
  } catch (error) {
    // The user, or what the card may be, was changed while the card was on its way.
    if (isDomainError(error)) return failure('uncategorized_error', error.message)
    throw error
  }
}
