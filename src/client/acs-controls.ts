/** The part of the control API that acts on access systems. */
import { acsCredentialRoutes } from '../contract/acs-credentials.ts'
import { cardRoutes, encoderRoutes, entranceRoutes } from '../contract/acs-doors.ts'
import { acsSystemRoutes } from '../contract/acs-systems.ts'
import type { InputOf } from '../contract/route.ts'
import { asking } from './ask.ts'
import type { Ask } from './ask.ts'

export const acsSystemControls = (ask: Ask) => ({
  /** Puts an access system of any brand on a site, with doors, groups and encoders. */
  create: asking(ask, acsSystemRoutes.create, 'acs_system'),
  /** An access system with what stands on its site, and whether Seam reaches it. */
  get: asking(ask, acsSystemRoutes.get, 'acs_system'),
  /** Types a PIN at a door, or holds a card or phone to it: the door's own answer at this instant. */
  present: (input: InputOf<typeof entranceRoutes.present>) => ask(entranceRoutes.present, input),
  /** A credential as it is declared, on the server, at a door and on its card. */
  explainCredential: asking(ask, acsCredentialRoutes.explain, 'explanation'),
})

export const entranceControls = (ask: Ask) => ({
  /** A door of an access system: its line, privacy, and what it has seen. */
  get: asking(ask, entranceRoutes.get, 'entrance'),
  /** Cuts a door's line to its controller, or mends it; meanwhile it judges by what it knew. */
  setOnline: asking(ask, entranceRoutes.set_online, 'entrance'),
  /** Somebody inside wants no visitors, or has them again. */
  setPrivacyMode: asking(ask, entranceRoutes.set_privacy_mode, 'entrance'),
})

export const encoderControls = (ask: Ask) => ({
  /** An encoder: its cable, the card that lies on it, and what waits for it. */
  get: asking(ask, encoderRoutes.get, 'encoder'),
  /** Puts a card on an encoder, a blank one when none is named. */
  placeCard: asking(ask, encoderRoutes.place_card, 'encoder'),
  /** Takes the card away; one that is being written cannot be read after that. */
  removeCard: asking(ask, encoderRoutes.remove_card, 'encoder'),
  /** Pulls an encoder's cable, or puts it in. */
  setOnline: asking(ask, encoderRoutes.set_online, 'encoder'),
})

export const cardControls = (ask: Ask) => ({
  /** All cards, with what stands on them. */
  list: async () => (await ask(cardRoutes.list, {})).cards,
})
