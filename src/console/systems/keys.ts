/** What somebody can hold to a door of an access system, or type there. */
import { isSo, listOf, textOf } from './rows.ts'

type Json = Readonly<Record<string, unknown>>

export interface Key {
  readonly id: string
  readonly label: string
  /** As `acs_systems/present` takes it. */
  readonly body: { code: string } | { card_number: string } | { acs_credential_id: string }
}

interface Card {
  readonly card_number: string
  readonly contents: { readonly acs_credential_id: string } | null
}

const nameOf = (row: Json): string => textOf(row, 'display_name') ?? ''

const ofCredential = (row: Json): Key[] => {
  const acs_credential_id = textOf(row, 'acs_credential_id')
  if (acs_credential_id === null) return []
  const code = textOf(row, 'code')
  const method = textOf(row, 'access_method')
  if (code !== null)
    return [{ id: acs_credential_id, label: `PIN · ${nameOf(row)}`, body: { code } }]
  if (method !== 'mobile_key' && method !== 'cloud_key') return []
  const label = `${isSo(row, 'is_multi_phone_sync_credential') ? 'Phones' : 'Phone'} · ${nameOf(row)}`
  return [{ id: acs_credential_id, label, body: { acs_credential_id } }]
}

/** The cards that there are, and the PINs and keys on phones of a system. */
export const keysOf = (credentials: Json | null, cards: readonly Card[]): Key[] => {
  const rows = listOf(credentials, 'acs_credentials')
  const names = new Map(rows.map((row) => [textOf(row, 'acs_credential_id'), nameOf(row)]))
  return [
    ...cards.map(({ card_number, contents }) => {
      const whose = contents === null ? 'blank' : (names.get(contents.acs_credential_id) ?? '')
      return { id: card_number, label: `Card ${card_number} · ${whose}`, body: { card_number } }
    }),
    ...rows.flatMap(ofCredential),
  ]
}
