/** Checks of a snapshot that the tables cannot make: what only the simulated world knows. */
import { z } from 'zod'
import { actions } from './actions.ts'
import { actionTypes } from '../db/tables/action-attempts.ts'
import { worldTables } from '../db/tables/index.ts'
import { settingsRoutes } from '../contract/settings.ts'
import type { DatabaseClient } from '../db/database.ts'
import { parseSnapshot, refuseSnapshot } from '../db/snapshot-format.ts'
import type { Snapshot, SnapshotProblem } from '../db/snapshot-format.ts'
import { isRecord } from '../lib/is-record.ts'
import { methodOfResult } from './access-grants/cards.ts'
import type { Action } from './action-attempts/action.ts'
import { credentialOfResult, scanResult } from './acs-encoders/actions.ts'
import { metadataSchemaOf } from './acs-entrances/create.ts'
import { acsModelOf } from './acs-systems/models/index.ts'
import { kindNameOf } from './devices/kinds.ts'
import { faultSchema } from './faults/definition.ts'
import { lockProfiles, profileOf } from './locks/models/index.ts'
import { problemsOfOverrides } from './locks/overrides.ts'
import { problemsOfStreams } from './check-snapshot-streams.ts'
import { problemsOfNoiseSensors } from './noise-sensors/check-snapshot.ts'
import { problemsOfThermostatRows } from './thermostats/check-snapshot.ts'
import { fixtureProblems } from './workspaces/check-fixture.ts'

type Row = Snapshot['tables']['devices'][number]

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined

const inZod = (error: z.ZodError | undefined, above: PropertyKey[]): SnapshotProblem[] =>
  (error?.issues ?? []).map(({ path, message }) => ({ path: [...above, ...path], message }))

const problemsOfProfile = (
  model: unknown,
  overrides: unknown,
  path: PropertyKey[],
): SnapshotProblem[] => {
  const profile = profileOf(textOf(model) ?? '')
  if (profile === undefined || !isRecord(overrides)) return []
  return problemsOfOverrides(profile, overrides).map((problem) => ({
    path: [...path, ...problem.path],
    message: problem.message,
  }))
}

/** A lock has the device type of its model; a device that is none has another. */
const problemsOfType = (
  { model, device_type }: Row,
  overrides: unknown,
  path: PropertyKey[],
): SnapshotProblem[] => {
  const profile = profileOf(textOf(model) ?? '')
  if (profile !== undefined) {
    const given = isRecord(overrides) ? textOf(overrides['device_type']) : undefined
    const expected = given ?? profile.device_type
    const message = `must be ${expected}, which the model ${profile.model} is`
    return expected === device_type ? [] : [{ path: [...path, 'device_type'], message }]
  }
  const ofLock = Object.values(lockProfiles).some((it) => it.device_type === device_type)
  return ofLock ? [{ path: [...path, 'model'], message: 'is missing for a lock' }] : []
}

const problemsOfDevices = ({ devices, locks }: Snapshot['tables']): SnapshotProblem[] => {
  const hanging = new Map(locks.map((lock) => [lock['device_id'], lock['profile_overrides']]))
  const kindOf = ({ model, device_type }: Row) =>
    kindNameOf({ model: textOf(model), device_type: textOf(device_type) })
  const isLock = (device: Row): boolean => kindOf(device) === 'lock'
  const isOfAnotherKind = (device: Row): boolean => !['lock', 'other'].includes(kindOf(device))
  return devices.flatMap((device, index) => {
    const path = ['tables', 'devices', index]
    return [
      ...(isLock(device) && !hanging.has(device['device_id'])
        ? [{ path: [...path, 'device_id'], message: 'is a lock that has no row in locks' }]
        : []),
      // Models of other kinds of devices may be called as a lock's is.
      ...(isOfAnotherKind(device) && !hanging.has(device['device_id'])
        ? []
        : problemsOfType(device, hanging.get(device['device_id']), path)),
    ]
  })
}

const problemsOfLocks = ({ locks, devices }: Snapshot['tables']): SnapshotProblem[] => {
  const known = new Map(devices.map(({ device_id, model }) => [device_id, model]))
  return locks.flatMap(({ device_id, abandoned, profile_overrides }, index) => {
    const path = ['tables', 'locks', index]
    const below = [...path, 'profile_overrides']
    if (!isRecord(abandoned)) {
      return known.has(device_id)
        ? problemsOfProfile(known.get(device_id), profile_overrides, below)
        : [
            {
              path: [...path, 'device_id'],
              message: 'names no row of devices, and is not abandoned',
            },
          ]
    }
    return problemsOfProfile(abandoned['model'], profile_overrides, below)
  })
}

/** A door says of itself what its system's brand says of doors. */
const problemsOfEntrances = ({ acs_entrances, acs_systems }: Snapshot['tables']) =>
  acs_entrances.flatMap(({ acs_system_id, metadata }, index) => {
    const system = acs_systems.find((it) => it['acs_system_id'] === acs_system_id)
    const model = textOf(system?.['model'])
    if (model === undefined || acsModelOf(model) === undefined) return []
    const { error } = metadataSchemaOf({ model }).safeParse(metadata)
    return inZod(error, ['tables', 'acs_entrances', index, 'metadata'])
  })

/** What waits to be sent needs its event, and a webhook that is on. */
const problemsOfDeliveries = (tables: Snapshot['tables']): SnapshotProblem[] => {
  const on = tables.webhooks.filter(({ disabled_at }) => typeof disabled_at !== 'number')
  const webhooks = new Set(on.map(({ webhook_id }) => webhook_id))
  const events = new Set(tables.events.map(({ event_id }) => event_id))
  return tables.webhook_deliveries.flatMap(({ state, webhook_id, event_id }, index) => {
    const path = ['tables', 'webhook_deliveries', index]
    if (state !== 'pending') return []
    return [
      ...(webhooks.has(webhook_id)
        ? []
        : [
            {
              path: [...path, 'webhook_id'],
              message: 'is pending, and names no webhook that is on',
            },
          ]),
      ...(events.has(event_id)
        ? []
        : [{ path: [...path, 'event_id'], message: 'is pending, and names no row of events' }]),
    ]
  })
}

const actionType = z.enum(actionTypes)

/** What is kept of a result that is shown as something else. */
const keptOf: Readonly<Record<NonNullable<Action['shows']>, () => z.ZodType>> = {
  acs_credential: credentialOfResult,
  any_acs_credential: credentialOfResult,
  scan: scanResult,
  access_method: methodOfResult,
}

/** What came of an attempt is told in the shape of its type. */
const problemsOfAttempts = ({ action_attempts }: Snapshot['tables']): SnapshotProblem[] =>
  action_attempts.flatMap(({ status, action_type, result, error }, index) => {
    const path = ['tables', 'action_attempts', index]
    if (status === 'error' && !isRecord(error)) {
      return [{ path: [...path, 'error'], message: 'is missing for an attempt that failed' }]
    }
    if (status !== 'success') return []
    const { shows, result: resultOf } = actions[actionType.parse(action_type)]
    if (!isRecord(result)) {
      return [{ path: [...path, 'result'], message: 'is missing for an attempt that succeeded' }]
    }
    const shape = shows === undefined ? z.strictObject(resultOf().shape) : keptOf[shows]()
    return inZod(shape.safeParse(result).error, [...path, 'result'])
  })

const guid = z.guid()

/** Ids of others, whatever they are. */
const ANY_ID = new Set(['message_id'])

/** Ids are UUIDs, save in worlds whose fixture says otherwise. */
const problemsOfIds = ({ tables, workspace }: Snapshot): SnapshotProblem[] =>
  workspace.loose_ids
    ? []
    : worldTables
        .filter((table) => table !== 'inbox_messages')
        .flatMap((table) =>
          tables[table].flatMap((row, index) =>
            Object.entries(row).flatMap(([column, value]): SnapshotProblem[] => {
              if (!/_ids?$/.test(column) || ANY_ID.has(column)) return []
              const ids: unknown[] = Array.isArray(value) ? value : [value ?? undefined]
              const isWrong = ids.some((id) => id !== undefined && !guid.safeParse(id).success)
              const path = ['tables', table, index, column]
              return isWrong ? [{ path, message: 'must be a UUID' }] : []
            }),
          ),
        )

const problemsOfWorkspace = ({ workspace }: Snapshot): SnapshotProblem[] => [
  ...inZod(settingsRoutes.update.params().safeParse(workspace.settings).error, [
    'workspace',
    'settings',
  ]),
  ...fixtureProblems(workspace.fixture_data).map((problem) => ({
    path: ['workspace', 'fixture_data'],
    message: problem,
  })),
]

/**
 * Checks what claims to be a snapshot. What it accepts works as a world that came about here.
 *
 * @throws SnapshotError with the path of every field at fault
 */
export const checkSnapshot = (db: DatabaseClient, value: unknown): Snapshot => {
  const snapshot = parseSnapshot(db, value)
  const { tables } = snapshot
  refuseSnapshot([
    ...problemsOfWorkspace(snapshot),
    ...problemsOfDevices(tables),
    ...problemsOfLocks(tables),
    ...problemsOfEntrances(tables),
    ...problemsOfNoiseSensors(tables),
    ...problemsOfThermostatRows(tables),
    ...problemsOfIds(snapshot),
    ...problemsOfAttempts(tables),
    ...problemsOfDeliveries(tables),
    ...problemsOfStreams(snapshot),
    ...tables.faults.flatMap(({ definition }, index) =>
      inZod(faultSchema().safeParse(definition).error, ['tables', 'faults', index, 'definition']),
    ),
  ])
  return snapshot
}
