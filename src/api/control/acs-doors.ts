import { acsCredentialRoutes } from '../../contract/acs-credentials.ts'
import { cardRoutes, encoderRoutes, entranceRoutes } from '../../contract/acs-doors.ts'
import type { AcsCard } from '../../db/tables/acs-cards.ts'
import type { AcsCredentialState } from '../../db/tables/acs-shapes.ts'
import { setEntranceOnline, setPrivacyMode } from '../../sim/acs-cards/door-lines.ts'
import { explainCredential } from '../../sim/acs-cards/explain.ts'
import { presentAt } from '../../sim/acs-cards/at-the-door.ts'
import { cardOn } from '../../sim/acs-cards/rows.ts'
import { wantedCredential } from '../../sim/acs-credentials/rows.ts'
import { placeCard, removeCard, setEncoderOnline } from '../../sim/acs-encoders/at-the-encoder.ts'
import { requireEncoder } from '../../sim/acs-encoders/rows.ts'
import { requireEntrance } from '../../sim/acs-entrances/rows.ts'
import { toIso, toIsoOrNull } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import { answerRoute } from './endpoint.ts'

const presentDoor = (world: World, acs_entrance_id: string) => {
  const row = requireEntrance(world, acs_entrance_id)
  return {
    entrance: {
      acs_entrance_id,
      acs_system_id: row.acs_system_id,
      display_name: row.display_name,
      is_wired: row.is_wired,
      online: row.is_wired && row.offline_at === null,
      in_privacy_mode: row.privacy_mode_at !== null,
      seen_issue: row.seen_issue,
    },
  }
}

const presentCard = ({ contents, written_at, damaged_at, carried, ...card }: AcsCard) => ({
  card_number: card.card_number,
  format: card.format,
  acs_encoder_id: card.acs_encoder_id,
  is_damaged: damaged_at !== null,
  written_at: toIsoOrNull(written_at),
  contents: contents && {
    ...contents,
    starts_at: toIsoOrNull(contents.starts_at),
    ends_at: toIsoOrNull(contents.ends_at),
    door_windows: (contents.door_windows ?? []).map((it) => ({
      acs_entrance_id: it.acs_entrance_id,
      starts_at: toIso(it.starts_at),
      ends_at: toIsoOrNull(it.ends_at),
    })),
  },
  carried: (carried ?? []).map((it) => ({ ...it, at: toIso(it.at) })),
})

const presentEncoder = (world: World, acs_encoder_id: string) => {
  const row = requireEncoder(world, acs_encoder_id)
  const card = cardOn(world, acs_encoder_id)
  return {
    encoder: {
      acs_encoder_id,
      acs_system_id: row.acs_system_id,
      display_name: row.display_name,
      online: row.offline_at === null,
      auto_card: row.auto_card,
      card: card === undefined ? null : presentCard(card),
      queue: row.queue,
    },
  }
}

const present = answerRoute(entranceRoutes.present, {
  effect: 'write',
  handler: ({ world }, { acs_entrance_id, ...shown }) => {
    const { opened, reason, ...who } = presentAt(world, acs_entrance_id, shown)
    return { opened, reason, ...who }
  },
})

const getDoor = answerRoute(entranceRoutes.get, {
  effect: 'read',
  handler: ({ world }, { acs_entrance_id }) => presentDoor(world, acs_entrance_id),
})

const setDoorOnline = answerRoute(entranceRoutes.set_online, {
  effect: 'write',
  handler: ({ world }, { acs_entrance_id, online }) => {
    setEntranceOnline(world, acs_entrance_id, online)
    return presentDoor(world, acs_entrance_id)
  },
})

const setDoorPrivacy = answerRoute(entranceRoutes.set_privacy_mode, {
  effect: 'write',
  handler: ({ world }, { acs_entrance_id, enabled }) => {
    setPrivacyMode(world, acs_entrance_id, enabled)
    return presentDoor(world, acs_entrance_id)
  },
})

const getEncoder = answerRoute(encoderRoutes.get, {
  effect: 'read',
  handler: ({ world }, { acs_encoder_id }) => presentEncoder(world, acs_encoder_id),
})

const place = answerRoute(encoderRoutes.place_card, {
  effect: 'write',
  handler: ({ world }, { acs_encoder_id, ...card }) => {
    placeCard(world, acs_encoder_id, card)
    return presentEncoder(world, acs_encoder_id)
  },
})

const remove = answerRoute(encoderRoutes.remove_card, {
  effect: 'write',
  handler: ({ world }, { acs_encoder_id }) => {
    removeCard(world, acs_encoder_id)
    return presentEncoder(world, acs_encoder_id)
  },
})

const connectEncoder = answerRoute(encoderRoutes.set_online, {
  effect: 'write',
  handler: ({ world }, { acs_encoder_id, online }) => {
    setEncoderOnline(world, acs_encoder_id, online)
    return presentEncoder(world, acs_encoder_id)
  },
})

const listCards = answerRoute(cardRoutes.list, {
  effect: 'read',
  handler: ({ world }) => ({ cards: world.acs_cards.all().map(presentCard) }),
})

const presentState = (state: AcsCredentialState | null | undefined) =>
  state === null || state === undefined
    ? null
    : {
        ...state,
        starts_at: toIsoOrNull(state.starts_at),
        ends_at: toIsoOrNull(state.ends_at),
      }

const explain = answerRoute(acsCredentialRoutes.explain, {
  effect: 'read',
  handler: ({ world }, { acs_credential_id, acs_entrance_id }) => {
    const found = explainCredential(world, acs_credential_id, acs_entrance_id)
    const { credential, card, at_door, waits_for, issues, summary, help } = found
    return {
      explanation: {
        acs_credential_id,
        acs_entrance_id: acs_entrance_id ?? null,
        summary,
        declared: presentState(credential && wantedCredential(credential)),
        on_server: presentState(credential?.held?.state),
        at_door,
        on_card: card === undefined ? null : presentCard(card),
        waits_for: { reason: waits_for.reason, until: toIsoOrNull(waits_for.until) },
        issues,
        help,
      },
    }
  },
})

export const acsDoorControlEndpoints = [
  present,
  getDoor,
  setDoorOnline,
  setDoorPrivacy,
  getEncoder,
  place,
  remove,
  connectEncoder,
  listCards,
  explain,
]
