/**
 * What a login brings at providers of access systems: one site. The logins are those of the Seam docs
 * (sample data of each brand); what their sites have is not published, so it is assumed.
 */
import type { EntranceCategory } from '../../db/tables/acs-entrances.ts'

/** What is in a site; groups name their doors by the doors' names. */
export interface SiteParts {
  entrances: readonly {
    name: string
    category?: EntranceCategory | undefined
    is_wired?: boolean | undefined
    metadata?: Readonly<Record<string, unknown>> | undefined
  }[]
  groups: readonly {
    name: string
    entrances: readonly string[]
    external_type?: string | undefined
  }[]
  encoders: readonly string[]
}

export interface SandboxSite extends SiteParts {
  /** The model of its access system. */
  model: string
  name: string
}

const hotel = (model: string): SandboxSite => ({
  model,
  name: 'Grand Hotel',
  entrances: [
    { name: 'Main Entrance', category: 'common' },
    { name: 'Room 101' },
    { name: 'Room 102' },
  ],
  groups: [],
  encoders: ['Front Desk'],
})

const office = (model: string, encoders: readonly string[] = []): SandboxSite => ({
  model,
  name: 'Office Building',
  entrances: [
    { name: 'Main Entrance', category: 'common' },
    { name: 'Office', category: 'common' },
    { name: 'Server Room', category: 'common' },
  ],
  groups: [
    { name: 'Everybody', entrances: ['Main Entrance', 'Office'] },
    { name: 'Operations', entrances: ['Main Entrance', 'Office', 'Server Room'] },
  ],
  encoders,
})

/** A system without doors, which issues mobile keys for others. */
const service = (model: string, name: string): SandboxSite => ({
  model,
  name,
  entrances: [],
  groups: [],
  encoders: [],
})

export const sandboxSites = {
  assa_abloy_credential_service: service('assa_abloy_credential_service', 'Credential Service'),
  assa_abloy_vostio: hotel('assa_abloy_vostio'),
  assa_abloy_vostio_credential_service: service(
    'assa_abloy_vostio_credential_service',
    'Vostio Credential Service',
  ),
  avigilon_alta: office('avigilon_alta'),
  brivo: office('brivo'),
  dormakaba_ambiance: hotel('dormakaba_ambiance'),
  dormakaba_community: {
    ...office('dormakaba_community', ['Front Desk']),
    name: 'Apartments',
  },
  hid_cm: service('hid_cm', 'HID Origo'),
  hotek: hotel('hotek'),
  kisi: office('kisi'),
  latch: {
    ...hotel('latch'),
    name: 'Apartments',
    entrances: [{ name: 'Lobby', category: 'common' }, { name: 'Unit 1' }, { name: 'Unit 2' }],
    encoders: [],
  },
  legic_connect: service('legic_connect_credential_service', 'LEGIC Connect'),
  pti: {
    ...office('pti', ['Front Desk']),
    name: 'Self Storage',
    groups: [
      { name: 'Customers', entrances: ['Main Entrance'], external_type: 'pti_access_level' },
      { name: 'Unit 1', entrances: ['Office'], external_type: 'pti_unit' },
    ],
  },
  salto_ks: office('salto_ks', ['Tag Reader']),
  salto_space: {
    ...office('salto_space', ['Front Desk']),
    entrances: [
      { name: 'Main Entrance', category: 'common' },
      { name: 'Office', is_wired: false },
      { name: 'Server Room', is_wired: false },
    ],
  },
  visionline: hotel('visionline'),
} as const satisfies Readonly<Record<string, SandboxSite>>
