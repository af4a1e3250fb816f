/** Fixtures for vitest's `test.extend`. */
import { keepStory } from './story.ts'
import { freshWorkspace } from './workspace.ts'
import type { FreshWorkspaceOptions, TestWorkspace } from './workspace.ts'

interface RunningTest {
  readonly task: {
    readonly name: string
    readonly suite?: { readonly name: string } | undefined
    readonly result?: { readonly state: string } | undefined
  }
}

export interface SeamFixtureOptions extends Omit<FreshWorkspaceOptions, 'name'> {
  /** Fails a test in which a fault that it registered never acted. */
  failOnUnusedFaults?: boolean
  /** Fails a test in which the integration called a path that no endpoint answers. */
  failOnUnmatched?: boolean
  /**
   * The folder into which the story of a failed test is written: explanations, faults, last events
   * and calls, and the world. `test-results/seam-emulator` when not given; false writes none.
   */
  stories?: string | false
}

/** What a test is blamed for that went well otherwise. */
const complaintsOf = async (
  workspace: TestWorkspace,
  { failOnUnusedFaults, failOnUnmatched }: SeamFixtureOptions,
): Promise<string[]> => {
  const complaints: string[] = []
  if (failOnUnusedFaults === true) {
    for (const { hits, name, on, effect } of await workspace.faults.list()) {
      if (hits === 0) {
        complaints.push(
          `The fault ${name ?? on} (${effect.kind}) never acted: the test did not come where it wanted to.`,
        )
      }
    }
  }
  if (failOnUnmatched === true) {
    const calls = await workspace.requests.list({ unmatched: true })
    for (const path of new Set(calls.map((call) => call.path))) {
      const near = calls.find((call) => call.path === path)?.did_you_mean
      const is = near === undefined || near === null ? '' : ` Did you mean ${near}?`
      complaints.push(`No endpoint answers ${path}, which was called.${is}`)
    }
  }
  return complaints
}

/**
 * `seamWorkspace` is fresh for each test that asks for it and deleted afterwards; its ids and PINs
 * follow from the test's own name. When a test fails, its story is kept in a file, whose path is
 * printed.
 */
export const seamFixtures = (options: SeamFixtureOptions = {}) => ({
  seamWorkspace: async (
    { task }: RunningTest,
    use: (workspace: TestWorkspace) => Promise<void>,
  ): Promise<void> => {
    const suite = task.suite?.name ?? ''
    const name = `${suite} ${task.name}`.trim()
    const workspace = await freshWorkspace({ ...options, name })
    const { stories = 'test-results/seam-emulator' } = options
    try {
      await use(workspace)
      const hasFailed = task.result?.state === 'fail'
      const complaints = hasFailed ? [] : await complaintsOf(workspace, options)
      if (stories !== false && (hasFailed || complaints.length > 0))
        await keepStory(workspace, stories, name)
      if (complaints.length > 0) throw new Error(complaints.join('\n'))
    } finally {
      await workspace[Symbol.asyncDispose]()
    }
  },
})
