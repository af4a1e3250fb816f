/** The part of the reconciler that is about credentials of access systems. Pure. */
import type { GrantStep } from './steps.ts'
import type { CredentialPart, ReconciledGrant, ReconciledMethod } from './reconciled.ts'
import { entrancesFor } from './terms.ts'

/** A method whose credential is in an access system. */
export type MethodWithCredential = ReconciledMethod & { acs: CredentialPart }

export const hasCredentialPart = (method: ReconciledMethod): method is MethodWithCredential =>
  method.acs !== null

/** The credential is as it is declared, and the doors open to it within its window. */
export const isCredentialReady = ({ entrance_ids, credential }: CredentialPart): boolean =>
  entrance_ids.length > 0 &&
  credential !== null &&
  !credential.is_going &&
  credential.has_window &&
  credential.has_doors &&
  credential.needs === null

/** Whether Seam and the system are to be waited for, and nobody at a desk or with a phone. */
export const isSystemsTurn = ({ credential }: CredentialPart): boolean =>
  credential === null || credential.needs === 'system' || credential.needs === 'doors'

/** The credential leaves its system; null while that takes, or when it has. */
export const nextOfLeavingCredential = ({
  access_method_id,
  acs: { credential },
}: MethodWithCredential): GrantStep | null =>
  credential === null || credential.is_going ? null : { do: 'delete_credential', access_method_id }

/** Entrances that came and went, request by request. */
export const nextOfEntrances = (grant: ReconciledGrant): GrantStep | null => {
  for (const [index, request] of grant.requested.entries()) {
    const wanted = entrancesFor(grant, request)
    const methods = grant.methods
      .filter(hasCredentialPart)
      .filter(
        ({ access_method_id, deletion_requested_at }) =>
          deletion_requested_at === null && request.access_method_ids.includes(access_method_id),
      )
    const served = methods.flatMap(({ acs }) => acs.entrance_ids)
    const gained = wanted.filter(({ acs_entrance_id: id }) => !served.includes(id))
    const [first] = gained
    if (first !== undefined) {
      const { acs_system_id } = first
      const acs_entrance_ids = gained
        .filter((it) => it.acs_system_id === acs_system_id)
        .map(({ acs_entrance_id }) => acs_entrance_id)
      return { do: 'open_entrances', request: index, acs_system_id, acs_entrance_ids }
    }
    for (const { access_method_id, acs, issued_at } of methods) {
      const lost = acs.entrance_ids.filter((id) => wanted.every((it) => it.acs_entrance_id !== id))
      if (lost.length === 0) continue
      return issued_at === null
        ? { do: 'close_entrances', access_method_id, acs_entrance_ids: lost }
        : { do: 'revoke', access_method_id }
    }
  }
  return null
}

/** What the credential of a method needs; null when nothing is to be done about it now. */
export const nextOfCredential = (
  grant: ReconciledGrant,
  method: MethodWithCredential,
): GrantStep | null => {
  const { access_method_id, acs } = method
  const { credential } = acs
  if (credential === null) return { do: 'make_credential', access_method_id }
  if (credential.is_going) return null
  if (!credential.has_window || !credential.has_doors)
    return { do: 'change_credential', access_method_id }
  if (credential.code !== null && credential.code !== method.code)
    return { do: 'note_pin', access_method_id, code: credential.code }
  const { starts_at, ends_at } = method.in_effect
  const hasTimes = starts_at === grant.starts_at && ends_at === grant.ends_at
  if (!hasTimes && credential.is_in_effect) return { do: 'note_times', access_method_id }
  return credential.needs === 'encoding' && acs.encoding_told_at === null
    ? { do: 'tell_encoding', access_method_id }
    : null
}

/** Entrances that are open to the guest by now, or no longer, and were not told to be. */
export const nextOfToldEntrances = (grant: ReconciledGrant): GrantStep | null => {
  const parts = grant.methods.filter(hasCredentialPart)
  const open = parts.flatMap(({ acs, issued_at }) => (issued_at === null ? [] : acs.entrance_ids))
  const held = parts.flatMap(({ acs }) => [
    ...acs.entrance_ids,
    ...(acs.credential?.held_entrance_ids ?? []),
  ])
  const granted = [...new Set(open)].filter((id) => !grant.told_entrances.includes(id))
  const lost = grant.told_entrances.filter((id) => !held.includes(id))
  return granted.length + lost.length === 0 ? null : { do: 'tell_entrances', granted, lost }
}
