import { invalidInput } from '../../sim/kernel/errors.ts'
import { looksLive } from '../../sim/workspaces/test-tokens.ts'
import type { z } from 'zod'
import { clockNow } from '../../sim/kernel/clock.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { Universe } from '../../sim/kernel/universe.ts'
import { answerRoute } from './endpoint.ts'
import type { workspace } from '../../contract/workspaces.ts'
import { fixtureRoutes, workspaceRoutes } from '../../contract/workspaces.ts'
import { WORLD_LIMIT } from '../http/body.ts'
import { pageAtHand } from './paging.ts'
import type { Call, UnscopedContext } from '../http/endpoint.ts'
import { apiError } from '../http/errors.ts'

const keyOf = (universe: Universe, workspace_id: string): string | null =>
  universe.db.credentials.ofWorkspace(workspace_id).find(({ kind }) => kind === 'api_key')?.token ??
  null

/** By what somebody may remember of it. */
const isFound = (universe: Universe, workspace_id: string, text: string): boolean => {
  const { name, fixture } = universe.world(workspace_id).workspace
  const wanted = text.toLowerCase()
  return [name, fixture, workspace_id, keyOf(universe, workspace_id) ?? ''].some((it) =>
    it.toLowerCase().includes(wanted),
  )
}

const present = (
  { universe, services }: Pick<UnscopedContext, 'universe' | 'services'>,
  workspace_id: string,
): z.input<ReturnType<typeof workspace>> => {
  const { workspace: row, now } = universe.world(workspace_id)
  const used = services.journal.list(workspace_id, 'all').at(-1)
  const shown = Math.max(
    now,
    row.clock_mode === 'frozen' ? clockNow(row, 0) : universe.now(workspace_id),
  )
  return {
    workspace_id,
    name: row.name,
    api_key: keyOf(universe, workspace_id),
    fixture: row.fixture,
    seed: row.seed,
    clock: { now: toIso(shown), mode: row.clock_mode, rate: row.clock_rate },
    created_at: toIso(row.created_at),
    last_used_at: used === undefined ? null : toIso(used.wall_at),
  }
}

/** The workspace that the caller's key belongs to. */
const ownWorkspace = ({ auth }: Call): string => {
  if (auth.workspace_id !== null) return auth.workspace_id
  throw apiError(401, 'unauthorized', 'Name the workspace in the seam-workspace header.')
}

const create = answerRoute(
  workspaceRoutes.create,
  {
    effect: 'unscoped',
    handler: ({ universe, services }, request) => {
      if (request.api_key !== undefined && looksLive(request.api_key)) {
        throw invalidInput(
          'api_key',
          'It looks like a key of a live Seam account, which the emulator has no use for. Give one of the form seam_test_<label>, and keep the other one secret',
        )
      }
      return { workspace: present({ universe, services }, services.workspaces.create(request)) }
    },
  },
  { body_limit: WORLD_LIMIT },
)

const list = answerRoute(workspaceRoutes.list, {
  effect: 'unscoped',
  handler: ({ universe, services }, { q, order = 'asc', after, limit }) => {
    const ids = universe.db.allWorkspaceIds()
    const rows = ids.map((id) => ({ id, number: universe.world(id).workspace.seq }))
    const wanted = q === undefined ? rows : rows.filter(({ id }) => isFound(universe, id, q))
    const { page, next } = pageAtHand(wanted, { order, after, limit }, ({ number }) => number)
    return { workspaces: page.map(({ id }) => present({ universe, services }, id)), next }
  },
})

const reset = answerRoute(workspaceRoutes.reset, {
  effect: 'unscoped',
  handler: async (context, params) => {
    const workspace_id = ownWorkspace(context)
    await context.services.workspaces.reset(workspace_id, params)
    return { workspace: present(context, workspace_id) }
  },
})

const remove = answerRoute(workspaceRoutes.delete, {
  effect: 'unscoped',
  handler: async (context, choice) => {
    await context.services.workspaces.delete(ownWorkspace(context), choice)
    return {}
  },
})

const fixtures = answerRoute(fixtureRoutes.list, {
  effect: 'unscoped',
  handler: ({ services }) => ({ fixtures: services.workspaces.fixtures() }),
})

export const workspaceEndpoints = [create, list, reset, remove, fixtures]
