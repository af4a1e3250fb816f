/** What came of an encoding or a scan, as it goes over the wire. */
import { once } from '../../../lib/once.ts'
import { credentialOfResult, scanResult } from '../../../sim/acs-encoders/actions.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { anyAcsCredential, presentAcsCredential } from '../acs-credentials/wire.ts'

export const scan = once(() =>
  scanResult()
    .omit({ acs_credential_id_on_seam: true })
    .extend({ acs_credential_on_seam: anyAcsCredential().nullable() }),
)

/** The credential as it is now; when it is gone, what was kept of it. */
export const presentCredentialOfResult = (world: World, kept: object): object => {
  const { created_at, ...credential } = credentialOfResult().parse(kept)
  const row = world.acs_credentials.get(credential.acs_credential_id)
  if (row !== undefined) return presentAcsCredential(world, row)
  return {
    ...credential,
    workspace_id: world.workspace_id,
    display_name: 'Card',
    is_managed: true,
    errors: [],
    warnings: [],
    created_at: toIso(created_at),
  }
}

/** What was found on the card, with the credential as it is now. */
export const presentScan = (world: World, kept: object): object => {
  const { acs_credential_id_on_seam, ...found } = scanResult().parse(kept)
  const row =
    acs_credential_id_on_seam === null
      ? undefined
      : world.acs_credentials.get(acs_credential_id_on_seam)
  return {
    ...found,
    acs_credential_on_seam: row === undefined ? null : presentAcsCredential(world, row),
  }
}
