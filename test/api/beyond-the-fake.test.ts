/** What is broken in the vendor's fake works here. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { endpoints } from '../../src/api/seam/index.ts'
import { day, home, hour, iso, startPlaces, T0 } from '../support/place.ts'
import { dumpOf } from '../support/routes/dump.ts'
import { furnish } from '../support/routes/furnish.ts'
import { recipes } from '../support/routes/recipes.ts'
import { jsonOf, send } from '../support/routes/send.ts'

let places: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const window = { starts_at: iso(T0 + hour), ends_at: iso(T0 + day) }

const unknownId = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

describe('updating an access code', () => {
  const create = async () => {
    const place = places.open()
    const { access_code_id } = await place.seam.accessCodes.create({
      device_id: home.august,
      name: 'Guest',
      code: '4821',
      ...window,
    })
    return { place, access_code_id, get: () => place.seam.accessCodes.get({ access_code_id }) }
  }

  it('keeps its type and its window when only the name changes', async () => {
    const { place, access_code_id, get } = await create()
    await place.seam.accessCodes.update({ access_code_id, name: 'Visitor' })
    await place.advance('2h')
    expect(await get()).toMatchObject({
      name: 'Visitor',
      code: '4821',
      type: 'time_bound',
      ...window,
    })
  })

  it('to ongoing takes its window away', async () => {
    const { place, access_code_id, get } = await create()
    await place.seam.accessCodes.update({ access_code_id, type: 'ongoing' })
    await place.advance('2h')
    const changed = await get()
    expect(changed).toMatchObject({ type: 'ongoing', code: '4821' })
    expect(changed).not.toHaveProperty('ends_at')
  })

  it('is told by events', async () => {
    const { place, access_code_id } = await create()
    await place.seam.accessCodes.update({ access_code_id, code: '5930' })
    await place.advance('2h')
    expect(await place.types({ access_code_id })).toContain('access_code.changed')
  })
})

describe('lists', () => {
  it('of devices honour their filters', async () => {
    const { seam } = places.open()
    const ids = async (filter: Parameters<typeof seam.devices.list>[0]) =>
      (await seam.devices.list(filter)).map((device) => device.device_id)
    expect(await ids({ device_ids: [home.schlage, home.august] })).toEqual([
      home.august,
      home.schlage,
    ])
    expect(await ids({ device_ids: [] })).toEqual([])
    expect(await ids({ manufacturer: 'schlage' })).toEqual([home.schlage])
    expect(await ids({ device_type: 'igloohome_lock' })).toEqual([home.igloohome])
    expect(await ids({ connected_account_id: home.smartthings_account })).toEqual([
      home.smartthings,
    ])
    expect(await ids({ search: 'garage' })).toEqual([home.schlage])
    expect(await ids({ created_before: iso(T0) })).toEqual([])
    expect(await ids({ custom_metadata_has: { vip: true } })).toEqual([])
  })

  it('of access codes and events honour their filters', async () => {
    const { seam, advance, events } = places.open()
    const device_id = home.august
    const guest = await seam.accessCodes.create({ device_id, name: 'Guest 100%', code: '4821' })
    await seam.accessCodes.create({ device_id, name: 'Cleaner', code: '5930' })
    await seam.accessCodes.create({ device_id: home.schlage, name: 'Other', code: '6158' })
    await advance('1m')
    const names = async (search: string) =>
      (await seam.accessCodes.list({ device_id, search })).map((code) => code.name)
    expect(await names('guest')).toEqual(['Guest 100%'])
    expect(await names('59')).toEqual(['Cleaner'])
    expect(await names('%')).toEqual(['Guest 100%'])
    expect(await names('_')).toEqual([])
    // Longer than the headers that Node accepts unless told otherwise.
    const others = Array.from({ length: 2_500 }, (_, n) => unknownId(n))
    expect(await seam.accessCodes.list({ access_code_ids: others })).toEqual([])
    // One text is limited all the same: it would be looked for in every row.
    await expect(names('a'.repeat(100_000))).rejects.toThrow(/at most 10000/)
    const { access_code_id } = guest
    expect(new Set((await events({ access_code_id })).map((it) => it['access_code_id']))).toEqual(
      new Set([access_code_id]),
    )
  })
})

describe('resetting a sandbox', () => {
  it('keeps the API key, and takes away what was made since', async () => {
    const { seam } = places.open()
    await seam.accessCodes.create({ device_id: home.august, code: '4821' })
    await seam.workspaces.resetSandbox()
    expect(await seam.devices.list()).toHaveLength(5)
    expect(await seam.accessCodes.list({ device_id: home.august })).toEqual([])
    expect(await seam.workspaces.get()).toMatchObject({ is_sandbox: true })
  })
})

const labelOf = (path: string, who: string) => `${who}${path.replaceAll('/', '.')}`

describe('two workspaces', () => {
  const withIds = endpoints.filter(({ path }) => path in recipes && path !== '/workspaces/create')

  it.each(withIds)('$path touches nothing of another one', async ({ path, params }) => {
    const owner = places.open(labelOf(path, 'owner'))
    const stranger = places.open(labelOf(path, 'stranger'))
    const ids = await furnish(owner)
    const workspace_id = places.running.workspaceOf(owner.api_key)
    const before = dumpOf(places.running.universe, workspace_id)
    const recipe = recipes[path]?.(ids) ?? {}
    expect(params.safeParse(recipe).success).toBe(true)
    const answer = await send(places.running.port, {
      method: 'POST',
      path,
      headers: {
        authorization: `Bearer ${stranger.api_key}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(recipe),
    })
    expect(dumpOf(places.running.universe, workspace_id)).toBe(before)
    expect(answer.status).toBeLessThan(500)
    expect(JSON.stringify(jsonOf(answer))).not.toContain(workspace_id)
    // The fixture's ids are in both workspaces; those that were made since are in one.
    const own = Object.entries(ids).filter(([name, id]) => !/^[adb]0000000/.test(id) && name)
    const isForeign = own.some(([, id]) => Object.values(recipe).includes(id))
    // The real service says 200 where it finds no event.
    if (!isForeign || path === '/events/get') return
    const { error } = z.object({ error: z.object({ type: z.string() }) }).parse(jsonOf(answer))
    expect([answer.status, error.type]).toEqual([404, expect.stringMatching(/_not_found$/)])
  })
})
