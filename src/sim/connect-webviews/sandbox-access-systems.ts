/** Who can sign in at providers of access systems in a sandbox: the logins of the Seam docs (sample data of each brand). */
import type { LoginField, SandboxProvider } from './sandbox-providers.ts'
import { sandboxSites } from './sandbox-sites.ts'

const username: LoginField = { name: 'username', label: 'Username', kind: 'text', accepts: null }
const field = (
  name: string,
  label: string,
  accepts: string,
  kind: LoginField['kind'] = 'text',
): LoginField => ({ name, label, kind, accepts: [accepts] })

const password = field('password', 'Password', '1234', 'password')

const provider = (
  key: keyof typeof sandboxSites,
  fields: readonly LoginField[] = [username, password],
): SandboxProvider => ({
  model: sandboxSites[key].model,
  fields,
  two_factor: false,
  // Their doors are no devices.
  logins: { jane: [] },
  anyone: null,
})

/** By the provider's key. Salto KS, which has locks as well, is among the others. */
export const accessSystemProviders: Readonly<Record<string, SandboxProvider>> = {
  assa_abloy_credential_service: provider('assa_abloy_credential_service'),
  assa_abloy_vostio: provider('assa_abloy_vostio'),
  assa_abloy_vostio_credential_service: provider('assa_abloy_vostio_credential_service'),
  avigilon_alta: provider('avigilon_alta'),
  brivo: provider('brivo', [username, password, field('api_key', 'API key', '1234')]),
  dormakaba_ambiance: provider('dormakaba_ambiance', [
    username,
    password,
    field('client_id', 'Client ID', 'ABC123ABC'),
    field('client_secret', 'Client secret', 'ABC123ABC'),
  ]),
  dormakaba_community: provider('dormakaba_community'),
  hid_cm: provider('hid_cm'),
  hotek: provider('hotek'),
  kisi: provider('kisi'),
  latch: provider('latch'),
  legic_connect: provider('legic_connect'),
  pti: provider('pti'),
  salto_space: provider('salto_space', [
    username,
    password,
    field('pairing_token', 'Pairing token', '123456'),
    field('url', 'Address of the server', 'http://192.168.1.101:8100'),
  ]),
  visionline: provider('visionline'),
}
