/** How far each entrance of a grant has come: what it waits for, and what the door itself says. */
import type { AccessGrant, AccessMode, AccessRequest } from '../../../db/tables/access-grants.ts'
import type { AcsCredential } from '../../../db/tables/acs-credentials.ts'
import type { AcsEntrance } from '../../../db/tables/acs-entrances.ts'
import { explainCredential } from '../../acs-cards/explain.ts'
import { causeWords } from '../../acs-cards/explain-words.ts'
import { keysOf } from '../../acs-credentials/rows.ts'
import { systemLinkErrors } from '../../acs-systems/issues.ts'
import { systemLink } from '../../acs-systems/link.ts'
import { toIso } from '../../kernel/instant.ts'
import type { World } from '../../kernel/world.ts'
import { hasCredentialPart } from '../reconcile-credentials.ts'
import type { MethodWithCredential } from '../reconcile-credentials.ts'
import type { CredentialOfMethod, ReconciledGrant } from '../reconciled.ts'
import { entrancesFor, isOver } from '../terms.ts'
import { entranceTold } from './entrance.ts'
import type { EntranceExplanation, EntranceTold, EntranceWaitReason } from './entrance.ts'

const things: Readonly<Record<AccessMode, string>> = {
  code: 'PIN',
  card: 'card',
  mobile_key: 'mobile key',
  cloud_key: 'cloud key',
}

const waiting = (
  reason: EntranceWaitReason,
  phrase: string,
  help: string | null,
  until: number | null = null,
): EntranceTold => ({ state: 'waiting', phrase, help, waits_for: { reason, until } })

const linkTold = (world: World, acs_system_id: string): EntranceTold => {
  const system = world.acs_systems.get(acs_system_id)
  const [error] = system === undefined ? [] : systemLinkErrors(world, system)
  const code = error?.error_code ?? ''
  const help =
    code === 'bridge_disconnected'
      ? `Plug in the Seam Bridge (bridges/plug, ${system?.bridge_id ?? ''}).`
      : 'Mend the connection of the access system.'
  return waiting('link', `waits for its access system${code === '' ? '' : ` (${code})`}`, help)
}

/** The server's turn: what the push of its credential waits for. */
const systemTold = (
  world: World,
  acs_system_id: string,
  credential: CredentialOfMethod | null,
): EntranceTold => {
  if (credential === null) return waiting('user', 'waits for its credential to be made', null)
  const { waits_for, credential: row } = explainCredential(
    world,
    credential.acs_credential_id,
    undefined,
  )
  const at = waits_for.until === null ? '' : ` at ${toIso(waits_for.until)}`
  switch (waits_for.reason) {
    case 'link':
      return linkTold(world, acs_system_id)
    case 'answer':
      return waiting(
        'answer',
        `waits for the answer of its access system${at}`,
        null,
        waits_for.until,
      )
    case 'retry': {
      const help = 'Nothing has to be done: it is tried again by itself.'
      const told = waiting('retry', `waits for the next attempt${at}`, help, waits_for.until)
      return { ...told, last_error: row?.push?.error ?? null }
    }
    case 'user':
    case 'encoding':
    case 'nothing': {
      const system = world.acs_systems.get(acs_system_id)
      if (system !== undefined && !systemLink(world, system).online)
        return linkTold(world, acs_system_id)
      return waiting('user', 'waits for the guest to be a user of its access system', null)
    }
    default:
      return waits_for.reason satisfies never
  }
}

const needTold = (
  world: World,
  { acs_system_id }: { acs_system_id: string },
  credential: CredentialOfMethod | null,
): EntranceTold => {
  switch (credential?.needs) {
    case 'encoding':
      return waiting(
        'encoding',
        'waits for its card to be encoded',
        'Encode the card (access_methods/encode).',
      )
    case 'assignment':
      return waiting(
        'assignment',
        'waits for a card to be assigned',
        'Assign a card by its number (access_methods/assign_card).',
      )
    case 'phone':
      return waiting(
        'phone',
        'waits for a phone of the guest',
        'Open the instant_key_url, or add a phone (phones/simulate/create_sandbox_phone).',
      )
    case 'doors': {
      const until = credential.doors_know_at
      const at = until === null ? '' : ` at ${toIso(until)}`
      return waiting('door', `hears of it${at}`, null, until)
    }
    case 'system':
    case null:
    case undefined:
    default:
      return systemTold(world, acs_system_id, credential)
  }
}

/** The very key, where the method's credential stands for one on each phone. */
const keyOf = (world: World, acs_credential_id: string): AcsCredential | undefined =>
  keysOf(world, acs_credential_id).find(({ issued_at }) => issued_at !== null) ??
  world.acs_credentials.get(acs_credential_id)

const readyTold = (
  world: World,
  grant: ReconciledGrant,
  entrance: AcsEntrance,
  { mode, id }: { mode: AccessMode; id: string },
): EntranceTold => {
  const thing = things[mode]
  if (entrance.offline_at !== null && entrance.is_wired)
    return waiting(
      'line',
      `does not hear of the ${thing}: its line is cut since ${toIso(entrance.offline_at)}, and it goes by what it knew before`,
      'Mend the line (entrances/set_online).',
    )
  if (world.now < grant.starts_at)
    return {
      state: 'ready',
      phrase: `has a ${thing}, which opens it from ${toIso(grant.starts_at)}`,
      help: null,
    }
  const key = keyOf(world, id)?.acs_credential_id ?? id
  const { at_door } = explainCredential(world, key, entrance.acs_entrance_id)
  if (at_door !== null && at_door.cause !== null) {
    const { why, help } = causeWords[at_door.cause]
    const phrase = `has a ${thing}, and refuses it now (${at_door.reason ?? ''}): ${why}`
    return { state: 'ready', phrase, help }
  }
  const until = grant.ends_at === null ? '' : ` until ${toIso(grant.ends_at)}`
  return { state: 'ready', phrase: `opens with the ${thing}${until}`, help: null }
}

const ofMethod = (
  world: World,
  grant: ReconciledGrant,
  mode: AccessMode,
  method: MethodWithCredential,
): EntranceExplanation[] => {
  const { access_method_id, acs, issued_at } = method
  const { credential } = acs
  const ids = {
    access_method_id,
    acs_credential_id: credential?.acs_credential_id ?? null,
  }
  const isGoing =
    grant.deletion_requested_at !== null ||
    method.deletion_requested_at !== null ||
    isOver(grant, world.now)
  return acs.entrance_ids.flatMap((id) => {
    const entrance = world.acs_entrances.get(id)
    if (entrance === undefined) return []
    const tell = (told: EntranceTold) => entranceTold(world, id, mode, { ...ids, ...told })
    if (isGoing && credential !== null) {
      const { phrase, help, waits_for = null } = systemTold(world, acs.acs_system_id, credential)
      const still = `still has a ${things[mode]} of it: it ${phrase}`
      return [tell({ state: 'leaving', phrase: still, help, waits_for })]
    }
    if (isGoing)
      return [tell({ state: 'over', phrase: `has no ${things[mode]} of it any more`, help: null })]
    return [
      tell(
        issued_at !== null && credential !== null
          ? readyTold(world, grant, entrance, { mode, id: credential.acs_credential_id })
          : needTold(world, entrance, credential),
      ),
    ]
  })
}

const LACKS: Readonly<Record<AccessMode, string>> = {
  code: 'takes no PINs',
  card: 'takes no cards',
  mobile_key: 'takes no mobile keys, or lacks the system that issues them',
  cloud_key: 'cannot be opened by remote',
}

/** An entrance that no request can open, or that a request leaves out although no other door has it. */
const bareEntrances = (
  world: World,
  grant: ReconciledGrant,
  request: AccessRequest,
): EntranceExplanation[] => {
  const served = new Set(
    grant.methods.filter(hasCredentialPart).flatMap(({ acs }) => [...acs.entrance_ids]),
  )
  const { mode } = request
  return grant.entrances
    .filter(({ acs_entrance_id }) => !served.has(acs_entrance_id))
    .map(({ acs_entrance_id: id, modes }) => {
      if (request.is_ended || request.withdrawn.includes(id))
        return entranceTold(world, id, mode, {
          state: 'withdrawn',
          phrase: 'has nothing of it any more: its access method was deleted',
          help: 'Ask for another one (access_grants/request_access_methods).',
        })
      const isRefused = request.without.includes(id)
      return entranceTold(world, id, mode, {
        state: 'impossible',
        phrase: isRefused ? `was refused a ${things[mode]} by its access system` : LACKS[mode],
        help: modes.length === 0 ? null : `Ask for one of the modes ${modes.join(', ')}.`,
      })
    })
}

/** Every entrance of every request of the grant. */
export const explainEntrances = (
  world: World,
  { requested }: Pick<AccessGrant, 'requested'>,
  state: ReconciledGrant,
): EntranceExplanation[] =>
  requested.flatMap((request) => [
    ...state.methods
      .filter(hasCredentialPart)
      .filter(({ access_method_id }) => request.access_method_ids.includes(access_method_id))
      .flatMap((method) => ofMethod(world, state, request.mode, method)),
    ...(isOver(state, world.now) || entrancesFor(state, request).length > 0
      ? []
      : bareEntrances(world, state, request)),
  ])
