/** Access methods as rows: how one is found, and what belongs to it. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { AccessMethod } from '../../db/tables/access-methods.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

/** @throws access_method_not_found */
export const requireAccessMethod = (world: World, access_method_id: string): AccessMethod => {
  const method = world.access_methods.get(access_method_id)
  if (method === undefined) throw notFound('access_method', { access_method_id })
  return method
}

/** A code of the method; undefined when it is gone, or somebody else's by now. */
export const codeOfMethod = (
  world: World,
  { access_method_id }: Pick<AccessMethod, 'access_method_id'>,
  access_code_id: string | null,
): AccessCode | undefined => {
  const code = access_code_id === null ? undefined : world.access_codes.get(access_code_id)
  return code?.access_method_id === access_method_id ? code : undefined
}

/** Every code that the method has, also those that are on their way out. */
export const codesOfMethod = (world: World, method: AccessMethod): AccessCode[] =>
  [...method.doors.map(({ access_code_id }) => access_code_id), ...method.leaving].flatMap(
    (id) => codeOfMethod(world, method, id) ?? [],
  )
