/**
 * Faults asked for in an access code's name, for tests that can only drive an app's own screens:
 * `Guest [emulator:fail*2,delay=40m]`. They reach the same registry as all others.
 */
import type { FaultDefinition } from '../../db/tables/faults.ts'
import { invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { faultSchema } from './definition.ts'
import { insertFault } from './registry.ts'

const OPENING = '[emulator:'

/** What stands in the first bracket that is closed. No pattern: one would look anew at every opening. */
const bracketed = (name: string): string | null => {
  const begin = name.indexOf(OPENING)
  if (begin === -1) return null
  const end = name.indexOf(']', begin)
  return end === -1 ? null : name.slice(begin + OPENING.length, end)
}
const item = /^(?:(set|update|remove)\.)?([a-z_]+)(?:=([^*]+))?(?:\*(\d+))?$/

/** The parameter that a value stands for, by kind. */
const valueNames: Readonly<Record<string, string>> = {
  fail: 'error_code',
  delay: 'by',
  lose_later: 'after',
  provider_unavailable: 'message',
}

const HELP =
  'write [emulator:<effect>,…] with effects such as fail*2, fail=duplicate_code_on_device, delay=40m, never_confirm, lose_later=2h, provider_unavailable, or remove.fail'

const faultOf = (text: string, name: string): FaultDefinition => {
  const [, action = 'set', kind = '', value, times] = item.exec(text) ?? []
  const valueName = valueNames[kind]
  if (kind === '' || (value !== undefined && valueName === undefined)) {
    throw invalidInput('name', `"${text}" in the access code's name is no fault: ${HELP}`)
  }
  const parsed = faultSchema().safeParse({
    on: `access_code.${action}`,
    name,
    times: Number(times ?? 1),
    effect: { kind, ...(valueName !== undefined && value !== undefined && { [valueName]: value }) },
  })
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ message }) => message).join('; ')
  throw invalidInput('name', `"${text}" in the access code's name: ${problems}; ${HELP}`)
}

/**
 * The faults that a name asks for, in order; none when it has no `[emulator:…]`.
 *
 * @throws invalid_input when what stands there is no fault
 */
export const faultsInName = (name: string | null): FaultDefinition[] => {
  const found = name === null ? null : bracketed(name)
  if (found === null || name === null) return []
  const items = found.split(',').map((text) => text.trim())
  return items.map((text) => faultOf(text, name))
}

/** Registers the faults that the name of a new access code asks for. */
export const registerFaultsInName = (
  world: World,
  access_code_id: string,
  name: string | null,
): void => {
  for (const definition of faultsInName(name)) {
    insertFault(world, { ...definition, match: { access_code_id } })
  }
}
