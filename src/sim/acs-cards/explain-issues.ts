/** Every error, warning and pending mutation that has to do with a credential: its own, and those of its user, door and system. */
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import type { AcsEntrance } from '../../db/tables/acs-entrances.ts'
import { credentialIssues } from '../acs-credentials/issues.ts'
import { entranceWarnings } from '../acs-entrances/issues.ts'
import { systemLinkErrors } from '../acs-systems/issues.ts'
import { pendingMutationsOf, userIssues } from '../acs-users/issues.ts'
import { subscriptionIssues } from '../acs-users/subscription.ts'
import type { Issue } from '../events/issues.ts'
import type { World } from '../kernel/world.ts'
import { issueHelp } from './explain-words.ts'

export interface ExplainedIssue {
  of: 'acs_credential' | 'acs_user' | 'acs_entrance' | 'acs_system'
  code: string
  message: string
  help: string | null
}

const told = (of: ExplainedIssue['of'], code: string, message: string): ExplainedIssue => ({
  of,
  code,
  message,
  help: issueHelp[code] ?? null,
})

const ofIssues = (of: ExplainedIssue['of'], issues: readonly Issue[]): ExplainedIssue[] =>
  issues.map((it) => told(of, it.error_code ?? it.warning_code ?? '', it.message))

const ofUser = (world: World, credential: AcsCredential): ExplainedIssue[] => {
  const user = world.acs_users.get(credential.acs_user_id ?? '')
  if (user === undefined) return []
  const { errors, warnings } = userIssues(world, user)
  return [
    ...ofIssues('acs_user', [...errors, ...warnings]),
    ...pendingMutationsOf(world, user).map((it) => told('acs_user', it.mutation_code, it.message)),
  ]
}

const ofSystem = (world: World, acs_system_id: string): ExplainedIssue[] => {
  const system = world.acs_systems.get(acs_system_id)
  if (system === undefined) return []
  const { errors, warnings } = subscriptionIssues(world, system)
  return ofIssues('acs_system', [...systemLinkErrors(world, system), ...errors, ...warnings])
}

export const explainIssues = (
  world: World,
  credential: AcsCredential | undefined,
  entrance: AcsEntrance | undefined,
): ExplainedIssue[] => {
  const acs_system_id = credential?.acs_system_id ?? entrance?.acs_system_id
  const own = credential === undefined ? undefined : credentialIssues(world, credential)
  return [
    ...(own === undefined ? [] : ofIssues('acs_credential', [...own.errors, ...own.warnings])),
    ...(credential === undefined ? [] : ofUser(world, credential)),
    ...(entrance === undefined ? [] : ofIssues('acs_entrance', entranceWarnings(world, entrance))),
    ...(acs_system_id === undefined ? [] : ofSystem(world, acs_system_id)),
  ]
}
