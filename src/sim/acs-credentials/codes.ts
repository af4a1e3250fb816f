/** PINs of an access system: each opens for one user of a site. */
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import type { World } from '../kernel/world.ts'

type Asking = Pick<AcsCredential, 'acs_system_id' | 'code'> & { acs_credential_id?: string }

/** Other credentials of the site with the same PIN. */
const othersWith = (world: World, { acs_credential_id, acs_system_id, code }: Asking) =>
  code === null
    ? []
    : world.acs_credentials
        .matching(acs_system_id, code, 'code')
        .filter((other) => other.acs_credential_id !== acs_credential_id)

/** The server has the PIN, or is about to take it for somebody who was sent earlier. */
export const isCodeTaken = (world: World, asking: Asking & Partial<AcsCredential>): boolean =>
  othersWith(world, asking).some(
    (other) =>
      other.held !== null ||
      (other.push?.kind === 'create' &&
        other.push.due_at !== null &&
        other.seq < (asking.seq ?? 0)),
  )

/** Nobody who may choose chooses it: it is taken, or will be as soon as the server hears of it. */
export const isCodeClaimed = (world: World, asking: Asking): boolean =>
  othersWith(world, asking).some(
    (other) => other.held !== null || other.deletion_requested_at === null,
  )
