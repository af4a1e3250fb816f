/** Every list in which something is registered. A new list gets its line here. */
import { globSync, readFileSync } from 'node:fs'

export interface Registry {
  readonly name: string
  readonly file: string
  /** How the list begins, up to its bracket. */
  readonly begins: RegExp
  /** Whether each entry is a list itself, whose elements are what is registered. */
  readonly of_lists?: boolean
  /** Who is asked first: the compiler, what looks for names that nobody uses, or the test at once. */
  readonly asks: 'types' | 'dead code' | 'test'
  /** A test for what these do not see. */
  readonly test?: string
}

const effectsIn = (file: string, groups: readonly string[]): Registry[] =>
  groups.map((group) => ({
    name: 'fault effects',
    file,
    begins: new RegExp(
      `^(?:export )?const ${group} = once\\(\\(\\) =>\\s+z\\.discriminatedUnion\\('kind', \\[`,
      'm',
    ),
    // Their names are words that everybody uses.
    asks: 'test',
    test: 'test/docs/faults.test.ts',
  }))

const endpoints = /^export const \w*[eE]ndpoints\b[^=]*= \[/m

const endpointsIn = (file: string, test: string): Registry => ({
  name: 'routes',
  file,
  begins: endpoints,
  asks: 'dead code',
  test,
})

const coverage = 'test/api/coverage.test.ts'

export const registries: readonly Registry[] = [
  {
    name: 'tables',
    file: 'src/db/tables/index.ts',
    begins: /^export const registry = \{/m,
    asks: 'types',
    test: 'test/db/registry.test.ts',
  },
  {
    name: 'events',
    file: 'src/sim/events/catalog.ts',
    begins: /^export const eventCatalog = \{/m,
    asks: 'types',
    test: 'test/sim/events/catalog.test.ts',
  },
  {
    name: 'parts of a world',
    file: 'src/api/control/world/parts.ts',
    begins: /^export const worldParts[^=]*= \{/m,
    asks: 'types',
  },
  {
    name: 'jobs',
    file: 'src/sim/job-handlers.ts',
    begins: /^export const jobHandlers[^=]*= \{/m,
    asks: 'types',
  },
  {
    name: 'actions',
    file: 'src/sim/actions.ts',
    begins: /^export const actions[^\n]*= \{/m,
    asks: 'types',
  },
  {
    name: 'fault occasions',
    file: 'src/contract/fault-occasions.ts',
    begins: /^const occasions = \{/m,
    asks: 'types',
    test: 'test/docs/faults.test.ts',
  },
  ...effectsIn('src/contract/fault-effects-acs.ts', ['push', 'encoder', 'entrance']),
  ...effectsIn('src/contract/fault-effects.ts', ['setting', 'bolt', 'link', 'http', 'webhook']),
  {
    name: 'history',
    file: 'src/sim/history/kinds.ts',
    begins: /^export const historyKinds[^=]*= \{/m,
    asks: 'types',
  },
  {
    name: 'reactions',
    file: 'src/sim/reactions.ts',
    begins: /^export const reactions[^=]*= \{/m,
    asks: 'types',
  },
  {
    name: 'those who react',
    file: 'src/sim/reactions.ts',
    begins: /^export const reactions[^=]*= \{/m,
    of_lists: true,
    asks: 'dead code',
    test: 'test/sim/reactions.test.ts',
  },
  {
    name: 'fixture parts',
    file: 'src/sim/workspaces/fixture-parts.ts',
    begins: /^export const fixtureParts = \{/m,
    asks: 'types',
    test: 'test/fixtures/parts.test.ts',
  },
  {
    name: 'lock models',
    file: 'src/sim/locks/models/index.ts',
    begins: /^export const lockProfiles[^=]*= \{/m,
    asks: 'dead code',
    test: 'test/sim/models.test.ts',
  },
  {
    name: 'brands of access systems',
    file: 'src/sim/acs-systems/models/index.ts',
    begins: /^export const acsModels[^=]*= \{/m,
    asks: 'dead code',
    test: 'test/sim/models.test.ts',
  },
  {
    name: 'contract',
    file: 'src/contract/index.ts',
    begins: /^const declared = \[/m,
    asks: 'dead code',
    test: 'test/api/control/contract.test.ts',
  },
  endpointsIn('src/api/control/index.ts', 'test/api/control/contract.test.ts'),
  ...globSync('src/api/seam/*/routes*.ts')
    .filter((file) => endpoints.test(readFileSync(file, 'utf8')))
    .map((file) => endpointsIn(file, coverage)),
]

/**
 * Who notices one gap alone, where it is not the test of the list: the smallest test that does. Of
 * those who react these few are used elsewhere as well, so that nothing is dead code without them.
 */
export const loneTests: Readonly<Record<string, string>> = {
  'acs_credential_gone wakeGrantWithCredential': 'test/stories/grants-over-access-systems.test.ts',
  'account_of_device_changed refreshLinkOfDevice': 'test/sim/faults/links.test.ts',
  'link_changed refreshLinkOfDevice': 'test/faults/links.test.ts',
  'link_back noteUses': 'test/scenarios/life-of-a-code.test.ts',
  'link_back wakeDevice': 'test/faults/links.test.ts',
  "link_back now('device.sync')": 'test/scenarios/changes-at-the-lock.test.ts',
  "slot_free now('device.space')": 'test/scenarios/waits-and-wakes.test.ts',
  'pin_free wakeForPin': 'test/scenarios/pins-that-run-out.test.ts',
  'pin_free_on_lock wakeRefused': 'test/scenarios/pins-that-run-out.test.ts',
  'one_time_code_used noteUses': 'test/scenarios/keypad.test.ts',
}
