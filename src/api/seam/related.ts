/** What `get_related` of several resources answers: everything that belongs together, by kind. */
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { accessGrant } from './access-grants/wire.ts'
import { accessMethod } from './access-methods/wire.ts'
import { acsAccessGroup } from './acs-access-groups/wire.ts'
import { acsCredential } from './acs-credentials/wire.ts'
import { acsEntrance } from './acs-entrances/wire.ts'
import { acsSystem } from './acs-systems/wire.ts'
import { clientSession } from './client-sessions/wire.ts'
import { connectedAccount } from './connected-accounts/wire.ts'
import { device } from './devices/wire.ts'
import { instantKey } from './instant-keys/wire.ts'
import { space } from './spaces/wire.ts'
import { userIdentity } from './user-identities/wire.ts'

const kinds = once(() => ({
  spaces: z.array(space()),
  devices: z.array(device()),
  acs_entrances: z.array(acsEntrance()),
  connected_accounts: z.array(connectedAccount()),
  acs_systems: z.array(acsSystem()),
  acs_access_groups: z.array(acsAccessGroup()),
  acs_credentials: z.array(acsCredential()),
  user_identities: z.array(userIdentity()),
  access_grants: z.array(accessGrant()),
  access_methods: z.array(accessMethod()),
  instant_keys: z.array(instantKey()),
  client_sessions: z.array(clientSession()),
}))

export type RelatedKind = keyof ReturnType<typeof kinds>

/** A batch of these kinds, each of which may be left out. */
export const batchOf = (names: readonly RelatedKind[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, kinds()[name].optional()])))

/** The two parameters that choose among the kinds. */
export const kindChoice = <const K extends RelatedKind>(names: readonly [K, ...K[]]) => ({
  include: z.array(z.enum(names)).optional(),
  exclude: z.array(z.enum(names)).optional(),
})

interface Choice {
  include?: readonly string[] | undefined
  exclude?: readonly string[] | undefined
}

/** The chosen ones of the lists; those that nobody wants are not made. */
export const chosen = <T>(
  { include, exclude = [] }: Choice,
  lists: Readonly<Record<string, () => readonly T[]>>,
): Record<string, T[]> =>
  Object.fromEntries(
    Object.entries(lists).flatMap(([name, make]) =>
      (include ?? [name]).includes(name) && !exclude.includes(name) ? [[name, [...make()]]] : [],
    ),
  )
