/** The page of an instant key: the doors of its person, and buttons that unlock them. */
import { html } from 'hono/html'
import { z } from 'zod'
import type { Device } from '../../db/tables/devices.ts'
import type { InstantKey } from '../../db/tables/instant-keys.ts'
import { accessibleDevices } from '../../sim/accessible-devices.ts'
import {
  instantKeyOfCode,
  instantKeyToken,
  openInstantKey,
  stateOfKey,
} from '../../sim/instant-keys/operations.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import { once } from '../../lib/once.ts'
import type { World } from '../../sim/kernel/world.ts'
import { unlockDoor } from '../../sim/locks/actions.ts'
import { lockView } from '../../sim/locks/lock-view.ts'
import { nameOfIdentity, requireUserIdentity } from '../../sim/user-identities/rows.ts'
import type { Answer } from '../http/answer.ts'
import type { UnscopedContext } from '../http/endpoint.ts'
import { codeInPath, pathOfKey } from '../seam/instant-keys/wire.ts'
import { doorAnswer, entrancesOfKey, holdToDoor, toldOfDoor } from './instant-key-entrances.ts'
import { doorsPage, refusalPage } from './instant-key-html.ts'
import type { Door, Told } from './instant-key-html.ts'
import { goTo, htmlAnswer, pageEndpoint } from './page.ts'

const refusals = {
  unknown: ['This link does not work', 'There is no such key, or it was deleted.', 404],
  revoked: ['This key was revoked', 'It opens nothing any more. Ask for a new one.', 410],
  expired: ['This key has expired', 'It opens nothing any more. Ask for a new one.', 410],
  used_up: [
    'This key is used up',
    'It was opened as often as it may be. Open it where you did before, or ask for a new one.',
    410,
  ],
} as const

const refused = (why: keyof typeof refusals): Promise<Answer> => {
  const [title, text, status] = refusals[why]
  return htmlAnswer(status, refusalPage(title, text))
}

const nameOf = ({ nickname, name }: Device): string => nickname ?? name

/** The locks among a person's devices. */
const doorsOf = (world: World, { user_identity_id }: InstantKey): Door[] =>
  accessibleDevices(world, user_identity_id).flatMap((device) => {
    const view = lockView(world, device.device_id)
    if (view === null) return []
    const can_unlock = view.profile.capabilities.remotely_unlock
    const state = view.link.online ? 'Online' : 'Offline'
    return [
      {
        device_id: device.device_id,
        name: nameOf(device),
        state: can_unlock ? state : 'Cannot be unlocked from here',
        can_unlock,
      },
    ]
  })

/** What is told of an attempt to unlock one of the doors; null for any other. */
const outcomeOf = (world: World, doors: readonly Door[], attempt: string | undefined) => {
  const row = attempt === undefined ? undefined : world.action_attempts.get(attempt)
  const door = doors.find(({ device_id }) => device_id === row?.device_id)
  if (row === undefined || door === undefined || row.action_type !== 'UNLOCK_DOOR') return null
  const texts = {
    success: `${door.name} is unlocked.`,
    pending: `${door.name} has not answered yet.`,
    error: `${door.name} was not unlocked: ${row.error?.message ?? ''}`,
  }
  return { is_good: row.status === 'success', text: texts[row.status] } satisfies Told
}

/** The token of the visit that this browser has begun at the key. */
const visitIn = (cookies: string | undefined, code: string): string | undefined =>
  cookies
    ?.split(';')
    .map((cookie) => cookie.trim().split('='))
    .find(([name]) => name === `ik_${code}`)?.[1]

const params = once(() =>
  z.object({
    device_id: z.string().optional(),
    attempt: z.string().optional(),
    entrance: z.string().optional(),
    answer: doorAnswer().optional(),
  }),
)
type Params = z.output<ReturnType<typeof params>>

const showDoors = (world: World, key: InstantKey, visit: string, given: Params) => {
  const { user_identity_id, code, expires_at } = key
  const doors = [...doorsOf(world, key), ...entrancesOfKey(world, key)]
  const page = doorsPage({
    path: pathOfKey(key),
    person: nameOfIdentity(requireUserIdentity(world, user_identity_id)),
    company: world.workspace.company_name,
    until: toIso(expires_at),
    doors,
    told: outcomeOf(world, doors, given.attempt) ?? toldOfDoor(doors, given),
  })
  return htmlAnswer(200, page, {
    'set-cookie': `ik_${code}=${visit}; Path=${pathOfKey(key)}; HttpOnly; SameSite=Lax`,
  })
}

const open = (world: World, key: InstantKey, visit: string | undefined, given: Params) => {
  const opened = openInstantKey(world, key, visit)
  return 'refused' in opened ? refused(opened.refused) : showDoors(world, key, opened.visit, given)
}

/** Whoever only asks whether there is a page, as previews of links do, does not use the key. */
const peek = (world: World, key: InstantKey, visit: string | undefined) => {
  const state = stateOfKey(world, key, visit)
  return state === 'open' || state === 'unopened' ? htmlAnswer(200, html``) : refused(state)
}

/** A button was pressed: starts the same action as `/locks/unlock_door`. */
const press = (world: World, key: InstantKey, visit: string | undefined, given: Params) => {
  const state = stateOfKey(world, key, visit)
  if (state === 'unopened') return goTo(pathOfKey(key))
  if (state !== 'open') return refused(state)
  const answer = holdToDoor(world, key, given.device_id)
  if (answer !== null)
    return goTo(`${pathOfKey(key)}?entrance=${given.device_id ?? ''}&answer=${answer}`)
  const door = doorsOf(world, key).find(({ device_id }) => device_id === given.device_id)
  return door === undefined ? goTo(pathOfKey(key)) : unlockDoor(world, door.device_id)
}

const respond = async (context: UnscopedContext, given: Params): Promise<Answer> => {
  const { universe, services, method } = context
  const code = codeInPath(context.path) ?? ''
  const workspace_id = universe.findCredential(instantKeyToken(code))?.workspace_id ?? null
  if (workspace_id === null) return refused('unknown')
  const visit = visitIn(context.header('cookie'), code)
  const first = universe.write(workspace_id, (world) => {
    const key = instantKeyOfCode(world, code)
    if (key === undefined) return refused('unknown')
    if (method === 'HEAD') return peek(world, key, visit)
    return method === 'POST' ? press(world, key, visit, given) : open(world, key, visit, given)
  })
  if (!('action_attempt_id' in first)) return first
  const { action_attempt_id } = first
  await services.outcomeOfActionAttempt(workspace_id, action_attempt_id)
  return goTo(`/ik/${code}?attempt=${action_attempt_id}`)
}

/** The page to which `instant_key.instant_key_url` leads. */
export const instantKeyPage = pageEndpoint({
  path: '/ik/:code',
  summary: "The page on which a person unlocks doors by an instant key's link.",
  params,
  respond,
  refusal: (message) => htmlAnswer(400, refusalPage('This did not work', message)),
})
