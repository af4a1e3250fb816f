/** Reads a fixture and says where it is wrong, down to the field. */
import { z } from 'zod'
import { domainError } from '../kernel/errors.ts'
import { lockProfiles, profileOf } from '../locks/models/index.ts'
import { problemsOfOverrides } from '../locks/overrides.ts'
import { fixtureSchema } from './fixture.ts'
import type { Fixture } from './fixture.ts'

type World = Omit<Fixture, 'companions'>

interface Problem {
  path: (string | number)[]
  message: string
}

/** How many single changes lead from one word to another; small for a slip of the finger. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

const suggestion = (given: string, known: readonly string[]): string => {
  const near = known
    .map((name) => ({ name, far: distance(given, name) }))
    .toSorted((a, b) => a.far - b.far)[0]
  const list = known.length === 0 ? 'there are none' : `there are ${known.join(', ')}`
  return near !== undefined && near.far <= Math.max(2, given.length / 3)
    ? `did you mean "${near.name}"?`
    : list
}

const duplicates = (list: string, key: string, ids: readonly string[]): Problem[] =>
  ids.flatMap((id, index) => {
    const first = ids.indexOf(id)
    return first === index
      ? []
      : [{ path: [list, index, key], message: `"${id}" is already the ${key} of ${list}.${first}` }]
  })

const reference = (
  path: Problem['path'],
  what: string,
  given: string | undefined,
  known: readonly string[],
): Problem[] =>
  given === undefined || known.includes(given)
    ? []
    : [{ path, message: `There is no ${what} "${given}": ${suggestion(given, known)}` }]

const problemsOfProfile = ({ model = '', profile }: World['devices'][number]): Problem[] => {
  const ofModel = profileOf(model)
  return ofModel === undefined || profile === undefined ? [] : problemsOfOverrides(ofModel, profile)
}

const problemsOfDevices = (fixture: World): Problem[] => {
  const accounts = fixture.connected_accounts.map((it) => it.connected_account_id)
  const bridges = fixture.bridges.map((it) => it.bridge_id)
  const models = Object.keys(lockProfiles)
  return fixture.devices.flatMap((device, index) => {
    const at = (key: string) => ['devices', index, key]
    const slots = device.memory.map((it) => String(it.slot))
    const codes = device.memory.map((it) => it.code)
    return [
      ...reference(
        at('connected_account_id'),
        'connected account',
        device.connected_account_id,
        accounts,
      ),
      ...reference(at('bridge_id'), 'bridge', device.bridge_id, bridges),
      ...reference(at('model'), 'lock model', device.model, models),
      ...problemsOfProfile(device).map(({ path, message }) => ({
        path: [...at('profile'), ...path],
        message,
      })),
      ...(device.model === undefined && device.device_type === undefined
        ? [
            {
              path: at('model'),
              message: 'Give the model of a lock, or the device_type of another device',
            },
          ]
        : []),
      ...twice(slots).map((slot) => ({
        path: at('memory'),
        message: `The slot ${slot} is given twice`,
      })),
      ...twice(codes).map((code) => ({
        path: at('memory'),
        message: `The code ${code} is given twice: a lock knows each PIN once`,
      })),
    ]
  })
}

/** Each bridge serves only so many locks; the model of its locks says how many. */
const problemsOfBridges = (fixture: World): Problem[] =>
  fixture.devices.flatMap(({ bridge_id, model }, index) => {
    const max_locks = model === undefined ? null : (lockProfiles[model]?.bridge.max_locks ?? null)
    if (bridge_id === undefined || max_locks === null) return []
    const before = fixture.devices.slice(0, index).filter((it) => it.bridge_id === bridge_id)
    const message = `The bridge "${bridge_id}" serves at most ${max_locks} locks of the model ${model}`
    return before.length < max_locks ? [] : [{ path: ['devices', index, 'bridge_id'], message }]
  })

const twice = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index)

/** What the shape alone does not say: ids that clash, and references that lead nowhere. */
const problemsOf = (fixture: World): Problem[] => {
  const accounts = fixture.connected_accounts.map((it) => it.connected_account_id)
  const bridges = fixture.bridges.map((it) => it.bridge_id)
  const devices = fixture.devices.map((it) => it.device_id)
  const locks = fixture.devices.flatMap((it) => (it.model === undefined ? [] : [it.device_id]))
  const models = Object.keys(lockProfiles)
  return [
    ...duplicates('connected_accounts', 'connected_account_id', accounts),
    ...duplicates('bridges', 'bridge_id', bridges),
    ...duplicates('devices', 'device_id', devices),
    ...fixture.connected_accounts.flatMap((account, index) => [
      ...reference(['connected_accounts', index, 'model'], 'lock model', account.model, models),
      ...(account.model === undefined && account.account_type === undefined
        ? [
            {
              path: ['connected_accounts', index, 'account_type'],
              message: 'Give account_type, or the model of the account’s locks',
            },
          ]
        : []),
    ]),
    ...fixture.bridges.flatMap((bridge, index) =>
      reference(
        ['bridges', index, 'connected_account_id'],
        'connected account',
        bridge.connected_account_id,
        accounts,
      ),
    ),
    ...problemsOfDevices(fixture),
    ...problemsOfBridges(fixture),
    ...fixture.connect_webviews.flatMap((webview, index) =>
      reference(
        ['connect_webviews', index, 'connected_account_id'],
        'connected account',
        webview.connected_account_id,
        accounts,
      ),
    ),
    ...fixture.client_sessions.flatMap((session, index) =>
      session.connected_account_ids.flatMap((given, nth) =>
        reference(
          ['client_sessions', index, 'connected_account_ids', nth],
          'connected account',
          given,
          accounts,
        ),
      ),
    ),
    ...fixture.access_codes.flatMap((code, index) => [
      ...reference(['access_codes', index, 'device_id'], 'lock', code.device_id, locks),
      ...((code.starts_in === undefined) === (code.ends_in === undefined)
        ? []
        : [
            {
              path: ['access_codes', index, code.starts_in === undefined ? 'starts_in' : 'ends_in'],
              message: 'starts_in and ends_in go together',
            },
          ]),
    ]),
  ]
}

const say = ({ path, message }: Problem): string =>
  path.length === 0 ? message : `${path.join('.')}: ${message}`

/** All that is wrong with what claims to be a fixture, one line for each field at fault. */
export const fixtureProblems = (value: unknown): string[] => {
  const parsed = fixtureSchema.safeParse(value)
  if (parsed.success) {
    const { companions, ...world } = parsed.data
    return [
      ...problemsOf(world),
      ...companions.flatMap((companion, index) =>
        problemsOf(companion).map(({ path, message }) => ({
          path: ['companions', index, ...path],
          message,
        })),
      ),
    ].map(say)
  }
  return parsed.error.issues.map((issue) =>
    say({
      path: issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
      message: issue.message,
    }),
  )
}

/**
 * The fixture, defaults filled in.
 *
 * @param source the file, name or parameter that it came from, for the message.
 * @throws invalid_fixture with the path of every field at fault
 */
export const parseFixture = (value: unknown, source: string): Fixture => {
  const problems = fixtureProblems(value)
  if (problems.length === 0) return fixtureSchema.parse(value)
  throw domainError('invalid_fixture', `${source} is not valid: ${problems.join('; ')}`, {
    data: { problems },
  })
}

/** The JSON Schema of fixture files, for editors. */
export const fixtureJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(fixtureSchema, { io: 'input', target: 'draft-7' }),
  title: 'A world of seam-emulator',
})
