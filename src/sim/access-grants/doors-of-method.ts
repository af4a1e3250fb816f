/** The doors of a method: codes are put on them, changed, and taken off. */
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import type { MethodDoor } from '../../db/tables/access-methods.ts'
import { codeOfMethod, requireAccessMethod } from '../access-methods/rows.ts'
import { changeCodeOf, declareCodeOf, takeCodeOff } from '../access-methods/codes.ts'
import type { World } from '../kernel/world.ts'
import { noteRequest } from './new-methods.ts'
import { nameOfGrant } from './rows.ts'
import { isNamedAfter } from './state.ts'

const windowOf = ({ starts_at, ends_at }: AccessGrant) => ({ starts_at, ends_at })

/**
 * Takes the codes of these doors off. The doors are the method's no longer, unless they are to have
 * new codes.
 */
export const takeDoorsOff = (
  world: World,
  grant: AccessGrant,
  step: { access_method_id: string; device_ids: readonly string[]; keeps_doors: boolean },
): void => {
  const { access_method_id, device_ids, keeps_doors } = step
  const method = requireAccessMethod(world, access_method_id)
  const isMeant = ({ device_id }: MethodDoor): boolean => device_ids.includes(device_id)
  const codes = method.doors
    .filter(isMeant)
    .flatMap(({ access_code_id }) => codeOfMethod(world, method, access_code_id) ?? [])
  const doors = keeps_doors
    ? method.doors.map((door) => (isMeant(door) ? { ...door, access_code_id: null } : door))
    : method.doors.filter((door) => !isMeant(door))
  const still = method.leaving.filter((id) => codeOfMethod(world, method, id) !== undefined)
  world.access_methods.update(access_method_id, {
    doors,
    leaving: [...still, ...codes.map(({ access_code_id }) => access_code_id)],
  })
  world.access_grants.update(grant.access_grant_id, { doors_changed_at: world.now })
  for (const code of codes) takeCodeOff(world, code)
}

/** Declares the method's code at these doors. A door that does not take its PIN (any more) gets another one. */
export const declareCodes = (
  world: World,
  grant: AccessGrant,
  access_method_id: string,
  device_ids: readonly string[],
): void => {
  const method = requireAccessMethod(world, access_method_id)
  const declared = { window: windowOf(grant), name: nameOfGrant(world, grant) }
  const made = new Map<string, string>()
  const refused = new Map<string, 'pin' | 'lock'>()
  for (const device_id of device_ids) {
    const outcome = declareCodeOf(world, method, device_id, declared)
    if ('refused' in outcome) refused.set(device_id, outcome.refused)
    else made.set(device_id, outcome.access_code_id)
  }
  world.access_methods.update(access_method_id, {
    doors: method.doors
      .filter(({ device_id }) => !refused.has(device_id))
      .map(({ device_id, access_code_id }) => ({
        device_id,
        access_code_id: made.get(device_id) ?? access_code_id,
      })),
  })
  const hopeless = [...refused].flatMap(([device_id, by]) => (by === 'lock' ? [device_id] : []))
  if (hopeless.length === 0) return
  const index = grant.requested.findIndex(({ access_method_ids }) =>
    access_method_ids.includes(access_method_id),
  )
  noteRequest(world, { grant, index }, (request) => ({
    ...request,
    without: [...request.without, ...hopeless],
  }))
}

/** Declares the grant's window and name on these codes; what its provider computed is computed anew. */
export const changeCodes = (
  world: World,
  grant: AccessGrant,
  access_method_id: string,
  access_code_ids: readonly string[],
): void => {
  const method = requireAccessMethod(world, access_method_id)
  const window = windowOf(grant)
  const name = nameOfGrant(world, grant)
  const offline: string[] = []
  for (const id of access_code_ids) {
    const code = codeOfMethod(world, method, id)
    if (code === undefined) continue
    if (code.is_offline) offline.push(code.device_id)
    else {
      const isNamed = code.is_backup || isNamedAfter(code.name, name)
      changeCodeOf(world, code, { window, name: isNamed ? null : name })
    }
  }
  if (offline.length === 0) return
  takeDoorsOff(world, grant, { access_method_id, device_ids: offline, keeps_doors: true })
  world.access_methods.update(access_method_id, { in_effect: window, code: null })
}
