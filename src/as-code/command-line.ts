/** An action as a line of the `seam-emulator` program. */
import { isRecord } from '../lib/is-record.ts'
import { asKeyValue } from '../lib/key-values.ts'
import type { Action, Target } from './action.ts'
import { isPlain, plainJson } from './printable.ts'
import { shellWord } from './shell.ts'

type Body = Action['body']

/**
 * Commands that say it shorter than `call`: the route, the words with what is taken from the body,
 * and what else the body must hold. A test runs each of them.
 */
const shorter: readonly (readonly [route: string, words: string, fixed?: Body])[] = [
  ['clock/advance', 'clock advance {by}'],
  ['clock/advance', 'clock advance --to {to}'],
  ['clock/advance', 'clock advance --next', { to_next: true }],
  ['clock/advance', 'clock advance --next {to_next}'],
  ['clock/freeze', 'clock freeze'],
  ['clock/freeze', 'clock freeze {at}'],
  ['clock/resume', 'clock resume'],
  ['clock/resume', 'clock resume {rate}'],
  ['clock/stop', 'clock stop'],
  ['locks/enter_code', 'lock enter {device_id} {code}'],
  ['locks/set_battery', 'lock battery {device_id} {level}'],
  ['locks/set_battery', 'lock battery {device_id} {level} --keypad', { keypad: true }],
  ['locks/set_keypad', 'lock keypad {device_id} on', { connected: true }],
  ['locks/set_keypad', 'lock keypad {device_id} off', { connected: false }],
  ['locks/connect', 'lock connect {device_id}'],
  ['locks/disconnect', 'lock disconnect {device_id}'],
  ['locks/jam', 'lock jam {device_id}'],
  ['locks/jam', 'lock jam {device_id}', { jammed: true }],
  ['locks/jam', 'lock unjam {device_id}', { jammed: false }],
  ['bridges/plug', 'bridge plug {bridge_id}'],
  ['bridges/unplug', 'bridge unplug {bridge_id}'],
  ['faults/delete', 'fault delete {fault_id}'],
  ['faults/clear', 'fault clear'],
  ['snapshots/create', 'snapshot create {name}'],
  ['snapshots/restore', 'snapshot restore {name}'],
  ['snapshots/delete', 'snapshot delete {name}'],
]

const isWord = (value: unknown): value is string | number =>
  typeof value === 'number' ||
  (typeof value === 'string' && value !== '' && !value.startsWith('-') && isPlain(value))

const wordsOf = (body: Body, words: string, fixed: Body): string[] | undefined => {
  const taken = new Set(Object.keys(fixed))
  if (Object.entries(fixed).some(([name, value]) => body[name] !== value)) return undefined
  const line = words.split(' ').map((word) => {
    const name = /^\{(\w+)\}$/.exec(word)?.[1]
    if (name === undefined) return word
    taken.add(name)
    const value = body[name]
    return isWord(value) ? shellWord(String(value)) : undefined
  })
  const isAll = Object.keys(body).every((name) => taken.has(name))
  return isAll && !line.includes(undefined) ? line.filter((it) => it !== undefined) : undefined
}

const pairs = (body: object): string[] =>
  Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    value === undefined ? [] : [shellWord(asKeyValue(name, value, plainJson))],
  )

const without = (body: object, ...names: readonly string[]): object =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)))

const OPTIONS = ['name', 'times', 'after', 'probability'] as const

/** `fault create http status status=503 --match path=/devices/list --times 2` */
const faultWords = (body: Body): string[] | undefined => {
  const { on, effect, match = {}, between, ...rest } = body
  if (!isWord(on) || !isRecord(effect) || !isWord(effect['kind']) || !isRecord(match))
    return undefined
  const options = OPTIONS.filter((name) => rest[name] !== undefined)
  const isKnown = Object.keys(without(rest, ...OPTIONS)).length === 0
  if (!isKnown || !options.every((name) => isWord(rest[name]))) return undefined
  const times: unknown[] = Array.isArray(between) ? between : []
  if (between !== undefined && !(times.length === 2 && times.every(isWord))) return undefined
  const [from, until] = times
  return [
    'fault create',
    shellWord(String(on)),
    shellWord(String(effect['kind'])),
    ...pairs(without(effect, 'kind')),
    ...(Object.keys(match).length === 0 ? [] : ['--match', ...pairs(match)]),
    ...options.flatMap((name) => [`--${name}`, shellWord(String(rest[name]))]),
    ...(times.length === 0
      ? []
      : ['--from', shellWord(String(from)), '--until', shellWord(String(until))]),
  ]
}

const lockWords = (body: Body): string[] | undefined => {
  const { model, ...rest } = body
  return isWord(model) ? ['lock create', shellWord(String(model)), ...pairs(rest)] : undefined
}

const shortest = (route: string, body: Body): string[] | undefined => {
  if (route === 'faults/create') return faultWords(body)
  if (route === 'locks/create') return lockWords(body)
  for (const [of, words, fixed = {}] of shorter) {
    const found = of === route ? wordsOf(body, words, fixed) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

const whereTo = ({ endpoint, apiKey }: Target): string[] => {
  const label = /^seam_test_([A-Za-z0-9][\w.-]*)$/.exec(apiKey)?.[1]
  return [
    ...(endpoint === 'http://localhost:3020' ? [] : ['--url', shellWord(endpoint)]),
    ...(label === 'default'
      ? []
      : label === undefined
        ? ['--api-key', shellWord(apiKey)]
        : ['--workspace', label]),
  ]
}

/** The action as a line for a POSIX shell. */
export const commandLine = ({ path, body }: Action, target: Target): string => {
  const route = path.startsWith('/_emulator/') ? path.slice('/_emulator/'.length) : undefined
  const words = (route === undefined ? undefined : shortest(route, body)) ?? [
    'call',
    shellWord(route ?? path),
    ...pairs(body),
  ]
  return ['npx seam-emulator', ...words, ...whereTo(target)].join(' ')
}
