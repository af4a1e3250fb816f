/** What is special to a brand of access systems: data, from which everything else follows. */
import type { EntranceMetadataKey } from '../../contract/acs-metadata.ts'
import type { AcsAccessMethod } from '../../db/tables/acs-shapes.ts'

/** The facts of a model of which something may be asked, for `sources`. */
type Fact = 'kind' | 'methods' | 'doors' | 'bridge' | 'remote_unlock' | 'users'

export interface AcsModel {
  model: string
  /** `external_type` of its systems on the wire. */
  external_type: string
  display_name: string
  /**
   * Who says what opens: groups of doors that users join, or each credential by itself. A manager
   * issues mobile keys for other systems and has no doors.
   */
  kind: 'groups' | 'credentials' | 'manager'
  account: { account_type: string; account_type_display_name: string }
  /** Its users, groups and credentials on the wire; null where Seam's document has no name for them. */
  external_types: {
    user: string | null
    /** The first is what a group is that says nothing of itself. */
    groups: readonly string[]
    credential: string | null
    /** Cards, where they have a name of their own. */
    card?: string
  }
  methods: readonly AcsAccessMethod[]
  /** Its PINs; null where there are none. */
  pins: { chosen_by: 'provider' | 'caller'; digits: readonly [least: number, most: number] } | null
  /** A PIN opens so many doors at most. */
  most_entrances_of_code?: number
  doors: {
    /** They have a line to a controller; otherwise what stands on the card opens them. */
    are_wired: boolean
    /** The key under which the API shows what the brand says of a door, and what that is. */
    metadata: { key: EntranceMetadataKey; fields: Readonly<Record<string, unknown>> } | null
  }
  /** It stands on the site's own network, behind a Seam Bridge. */
  needs_bridge: boolean
  can_unlock_remotely: boolean
  has_encoders: boolean
  users: {
    have_schedule: boolean
    have_unique_email: boolean
    /** The server hears of a user with the first credential. */
    are_deferred: boolean
    /** A user has one card and one mobile key at most. */
    have_one_key_each: boolean
    /** How many the subscription of a site has; null: as many as there are. */
    subscription_slots: number | null
  }
  /** The model of the system that issues its mobile keys. */
  manager: string | null
  sources: Readonly<Record<Fact, string>>
}

const ordinary = {
  most_entrances_of_code: undefined,
  needs_bridge: false,
  can_unlock_remotely: false,
  has_encoders: false,
  pins: null,
  manager: null,
  users: {
    have_schedule: false,
    have_unique_email: false,
    are_deferred: false,
    have_one_key_each: false,
    subscription_slots: null,
  },
} as const

/** Systems in which users join groups of doors. */
export const groupBased = { ...ordinary, kind: 'groups' } as const

/** Systems in which every credential says which doors it opens; their server hears of users with these. */
export const credentialBased = {
  ...ordinary,
  kind: 'credentials',
  users: { ...ordinary.users, are_deferred: true },
} as const

/** Systems that issue mobile keys for others. */
export const manager = {
  ...ordinary,
  kind: 'manager',
  methods: ['mobile_key'],
  external_types: { user: null, groups: [], credential: null },
  doors: { are_wired: true, metadata: null },
  sources: {
    kind: 'Seam docs: access systems, credential managers',
    methods: 'Seam docs: mobile credentials',
    doors: 'it has none',
    bridge: 'assumed: in the cloud',
    remote_unlock: 'it has no doors',
    users: 'assumed',
  },
} as const
