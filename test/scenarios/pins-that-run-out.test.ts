/** PINs that run out, and PINs that others hold: what waits for one is woken when it is free. */
import { expect } from 'vitest'
import { at, scenarios } from './scenario.ts'
import type { Scenario } from './scenario.ts'

const scenario = scenarios()

const withTenPins = (it: Scenario) => it.makeLock('salto_ks', { profile: { code_lengths: [1] } })

const createMany = async (it: Scenario, device_id: string, count: number) => {
  const ids: string[] = []
  for (let n = 0; n < count; n++) {
    ids.push((await it.seam.accessCodes.create({ device_id, name: `Guest ${n}` })).access_code_id)
  }
  return ids
}

scenario(
  'codes for which a provider has no PIN left fail with its error, and are set when one is free',
  async (it) => {
    const device_id = await withTenPins(it)
    const ids = await createMany(it, device_id, 12)
    await it.advance('1h')
    const codes = await Promise.all(
      ids.map((access_code_id) => it.seam.accessCodes.get({ access_code_id })),
    )
    const without = codes.filter(({ code }) => code === null || code === undefined)
    expect(codes.filter(({ status }) => status === 'set')).toHaveLength(10)
    expect(without).toHaveLength(2)
    for (const { access_code_id, errors } of without) {
      expect(errors).toMatchObject([{ error_code: 'provider_issue', is_access_code_error: true }])
      expect(errors[0]?.message).toContain('No 1-digit PIN can be generated')
      const failed = await it.seam.events.list({
        access_code_id,
        event_type: 'access_code.failed_to_set_on_device',
        since: '2020-01-01T00:00:00Z',
      })
      expect(failed).toHaveLength(1)
    }

    const freed = codes.find(({ status }) => status === 'set')
    await it.seam.accessCodes.delete({ access_code_id: freed?.access_code_id ?? '' })
    await it.advance('3m')
    const after = await Promise.all(
      without.map(({ access_code_id }) => it.seam.accessCodes.get({ access_code_id })),
    )
    expect(after.map(({ status, code }) => [status, code])).toEqual([
      ['set', freed?.code],
      ['unset', null],
    ])
    expect(after.map((code) => it.issues(code))).toEqual([[], ['provider_issue']])
  },
)

scenario(
  'a code that waits for a PIN goes without a trace when it is deleted or over',
  async (it) => {
    const device_id = await withTenPins(it)
    await createMany(it, device_id, 10)
    await it.advance('1h')
    const [deleted] = await createMany(it, device_id, 1)
    const { access_code_id: over } = await it.seam.accessCodes.create({
      device_id,
      starts_at: at(1),
      ends_at: at(25),
    })
    await it.advance('1h')
    await it.seam.accessCodes.delete({ access_code_id: deleted ?? '' })
    await it.advance('2d')
    const left = await it.seam.accessCodes.list({ device_id })
    expect(left.map(({ access_code_id }) => access_code_id)).not.toContain(deleted)
    expect(left.map(({ access_code_id }) => access_code_id)).not.toContain(over)
    expect(left).toHaveLength(10)
  },
)

scenario(
  'a code that was refused for its PIN is set as soon as the lock forgets that PIN',
  async (it) => {
    const device_id = await it.makeLock('schlage')
    await it.control('manufacturer_app/create_code', { device_id, code: '4711', name: 'Cleaner' })
    const { access_code_id } = await it.seam.accessCodes.create({ device_id, code: '4711' })
    // So late that its next attempt would be hours away.
    await it.advance('10d')
    const before = await it.seam.accessCodes.get({ access_code_id })
    expect(it.issues(before)).toEqual(['duplicate_code_on_device'])
    await it.control('manufacturer_app/delete_code', { device_id, slot: 1 })
    await it.advance('2m')
    expect((await it.seam.accessCodes.get({ access_code_id })).status).toBe('set')
  },
)

scenario(
  'a code that was refused for its PIN is set when that slot gets another PIN',
  async (it) => {
    const device_id = await it.makeLock('schlage')
    await it.control('manufacturer_app/create_code', { device_id, code: '4711', name: 'Cleaner' })
    const { access_code_id } = await it.seam.accessCodes.create({ device_id, code: '4711' })
    await it.advance('10d')
    await it.control('manufacturer_app/update_code', { device_id, slot: 1, code: '9911' })
    await it.advance('2m')
    expect((await it.seam.accessCodes.get({ access_code_id })).status).toBe('set')
  },
)
