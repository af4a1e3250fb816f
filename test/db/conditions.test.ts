import { describe, expect, it } from 'vitest'
import {
  and,
  contains,
  desc,
  either,
  eq,
  gt,
  inTable,
  is,
  isNotNull,
  jsonAt,
  listHas,
  listHasOneOf,
  nothing,
  oneOf,
  orderBy,
  pairsIn,
  where,
} from '../../src/db/conditions.ts'
import { access_codes } from '../../src/db/tables/access-codes.ts'
import { client_sessions } from '../../src/db/tables/client-sessions.ts'
import { devices } from '../../src/db/tables/devices.ts'
import { jobs } from '../../src/db/tables/jobs.ts'
import { spaces } from '../../src/db/tables/spaces.ts'
import { openDatabase } from '../../src/db/database.ts'
import { createSession } from '../../src/sim/client-sessions/operations.ts'
import { addSpace } from '../../src/sim/spaces/operations.ts'
import { createWorkspace } from '../../src/sim/workspaces/operations.ts'
import { createAccessCode } from '../../src/sim/access-codes/operations.ts'
import {
  openFrozenWorld,
  openUniverse,
  parseFixture,
  start,
  twoLocks,
} from '../support/frozen-world.ts'

const ofDevice = is(access_codes.device_id)
const device = is(devices.device_id)
const withCodes = inTable(devices.device_id, access_codes.device_id)
const named = where(access_codes, ['name'], (c, its) => eq(c.name, its.name))
const inWindow = where(access_codes, ['device_id', 'ends_at'], (c, its) =>
  and(eq(c.device_id, its.device_id), isNotNull(c.ends_at), gt(c.ends_at, its.ends_at)),
)
const latestFirst = orderBy(access_codes, (c) => [desc(c.seq)])

/** Two workspaces in one database with the same fixture; the first one has codes, the other one none. */
const twoWorkspaces = () => {
  const db = openDatabase(':memory:')
  const universe = openUniverse({ db })
  const open = (seed: string) => {
    const workspace_id = createWorkspace(
      universe,
      {
        api_key: `seam_test_${seed}`,
        seed,
        fixture: parseFixture(twoLocks),
        clock: { mode: 'frozen', at: start },
      },
      start,
    )
    return universe.world(workspace_id)
  }
  return { db, universe, busy: open('busy'), empty: open('empty') }
}

const book = (name: string, device_id = 'wifi-lock') => ({ device_id, name })

describe('a condition', () => {
  it('finds rows by values given at the call, in the order of creation', () => {
    const { write } = openFrozenWorld()
    write((world) => {
      for (const name of ['one', 'two']) createAccessCode(world, book(name))
      createAccessCode(world, book('three', 'bridge-lock'))
      const names = (device_id: string) =>
        world.access_codes.all(ofDevice(device_id)).map((code) => code.name)
      expect(names('wifi-lock')).toEqual(['one', 'two'])
      expect(names('bridge-lock')).toEqual(['three'])
      expect(names('no lock')).toEqual([])
      const last = world.access_codes.first([], { order: latestFirst })
      expect(last?.name).toBe('three')
      const two = world.access_codes.all([], { limit: 1, offset: 1 })
      expect(two.map((code) => code.name)).toEqual(['two'])
      expect(world.access_codes.count(either(named({ name: 'one' }), named({ name: 'two' })))).toBe(
        2,
      )
      expect(world.access_codes.count([named({ name: 'one' }), ofDevice('bridge-lock')])).toBe(0)
      expect(world.access_codes.count(nothing)).toBe(0)
      expect(world.access_codes.has(inWindow({ device_id: 'wifi-lock', ends_at: 0 }))).toBe(false)
    })
  })

  it('are as many as there are: none, or more than SQLite takes in a row', () => {
    const { write } = openFrozenWorld()
    write((world) => {
      world.devices.update('wifi-lock', { space_ids: ['attic'] })
      const wanted = ['wifi-lock', ...Array.from({ length: 2_500 }, (_, n) => `lock ${n}`)]
      const pairs = Object.fromEntries(wanted.map((name) => [name, null]))
      expect(world.devices.count(either())).toBe(0)
      expect(world.devices.count(either(...wanted.map((id) => device(id))))).toBe(1)
      expect(world.devices.count(pairsIn(devices.custom_metadata)(pairs))).toBe(4)
      const inOneOf = listHasOneOf(devices.space_ids)
      expect(
        [inOneOf(['cellar', 'attic']), inOneOf([])].map((it) => world.devices.count(it)),
      ).toEqual([1, 0])
    })
  })

  it('takes texts as they are, with quotes, percent signs and letters of SQL', () => {
    const { write } = openFrozenWorld()
    write((world) => {
      const odd = `it's 100%_"or" 1=1 --`
      createAccessCode(world, book(odd))
      const known = where(access_codes, [], (c) => eq(c.name, odd))
      expect(world.access_codes.count(known())).toBe(1)
      expect(world.access_codes.count(contains(access_codes.name)(`100%_"OR"`))).toBe(1)
      expect(world.access_codes.count(contains(access_codes.name)('100x_'))).toBe(0)
    })
  })

  it('looks into JSON columns', () => {
    const { write } = openFrozenWorld()
    write((world) => {
      world.devices.update('wifi-lock', {
        custom_metadata: { floor: '1', vip: true },
        space_ids: ['attic'],
      })
      const pairs = pairsIn(devices.custom_metadata)
      const count = (wanted: Record<string, string | boolean>) => world.devices.count(pairs(wanted))
      expect([count({ floor: '1', vip: 'true' }), count({ vip: true })]).toEqual([1, 1])
      expect([count({ floor: true }), count({ floor: '2' })]).toEqual([0, 0])
      expect(world.devices.count(listHas(devices.space_ids)('attic'))).toBe(1)
      const first = where(devices, [], (c) => eq(jsonAt(c.custom_metadata, '$.floor'), '1'))
      expect(world.devices.all(first()).map((row) => row.device_id)).toEqual(['wifi-lock'])
    })
  })

  it('that looks into another table sees its rows, though they wait still', () => {
    const { write } = openFrozenWorld()
    write((world) => {
      expect(world.devices.count(withCodes([]))).toBe(0)
      createAccessCode(world, book('one'))
      expect(world.devices.count(withCodes([]))).toBe(1)
      expect(world.devices.count(withCodes(named({ name: 'one' })))).toBe(1)
      expect(world.devices.count(withCodes(named({ name: 'two' })))).toBe(0)
    })
  })

  it('that looks into another table never sees another workspace', () => {
    const { universe, busy, empty } = twoWorkspaces()
    const ofSessions = inTable(devices.connected_account_id, client_sessions.connected_account_ids)
    universe.write(busy.workspace_id, (world) => {
      createAccessCode(world, book('one'))
      createSession(world, { connected_account_ids: ['schlage-account'] })
    })
    expect(busy.devices.count(withCodes([]))).toBe(1)
    expect(empty.devices.count(withCodes([]))).toBe(0)
    expect(busy.devices.count(ofSessions([]))).toBe(1)
    expect(empty.devices.count(ofSessions([]))).toBe(0)
  })

  it('that looks for a value of its own list in another table sees no other workspace either', () => {
    const { universe, busy, empty } = twoWorkspaces()
    const inSpaces = inTable(devices.space_ids, spaces.space_id)
    const named = is(spaces.name)
    universe.write(busy.workspace_id, (world) => {
      addSpace(world, { space_id: 'shared-id', name: 'Flat', device_ids: ['wifi-lock'] })
    })
    // The same list in the other workspace, where there is no such space.
    universe.write(empty.workspace_id, (world) => {
      world.devices.update('wifi-lock', { space_ids: ['shared-id'] })
    })
    expect(busy.devices.count(inSpaces([]))).toBe(1)
    expect(busy.devices.count(inSpaces(named('Flat')))).toBe(1)
    expect(busy.devices.count(inSpaces(named('Yard')))).toBe(0)
    expect(busy.devices.count(either(inSpaces(named('Yard')), device('wifi-lock')))).toBe(1)
    expect(empty.devices.count(inSpaces([]))).toBe(0)
  })

  it('by ids brings only its own table up to date', () => {
    const { db, universe, busy } = twoWorkspaces()
    while (db.flush(1_000));
    const { access_code } = universe.write(busy.workspace_id, (world) =>
      createAccessCode(world, book('one')),
    )
    universe.write(busy.workspace_id, (world) => {
      world.access_codes.update(access_code.access_code_id, { name: 'another' })
    })
    expect(db.flush(0)).toBe(true)
    busy.webhooks.all()
    busy.devices.count(oneOf(devices.device_id)(['wifi-lock']))
    expect(db.flush(0)).toBe(true)
    // Who asks for all workspaces, or whether there is one alone, reads their rows and no others.
    expect(db.allWorkspaceIds()).toHaveLength(2)
    expect(db.isAlone()).toBe(false)
    expect(db.flush(0)).toBe(true)
  })

  it('on a wrong column or another table does not compile', () => {
    const { write } = openFrozenWorld()
    write((world) => {
      // @ts-expect-error there is no such column
      where(access_codes, ['devise_id'], (c) => isNotNull(c.device_id))
      // @ts-expect-error its values are texts
      expect(world.devices.count(device(1))).toBe(0)
      // @ts-expect-error jobs have no devices
      expect(() => world.jobs.count(device('wifi-lock'))).toThrow('no such column')
      // @ts-expect-error this kind of job does not exist
      expect(world.jobs.count(is(jobs.kind)('any.thing'))).toBe(0)
      // @ts-expect-error nobody keeps these two columns of a device in memory
      expect(world.devices.matching).toBeTypeOf('function')
    })
  })
})
