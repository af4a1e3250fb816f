/** The part of the control API that acts on access systems. */
import { acsSystemRoutes } from '../contract/acs-systems.ts'
import { asking } from './ask.ts'
import type { Ask } from './ask.ts'

export const acsSystemControls = (ask: Ask) => ({
  /** Puts an access system of any brand on a site, with doors, groups and encoders. */
  create: asking(ask, acsSystemRoutes.create, 'acs_system'),
  /** An access system with what stands on its site, and whether Seam reaches it. */
  get: asking(ask, acsSystemRoutes.get, 'acs_system'),
})
