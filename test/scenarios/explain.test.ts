/** `/_emulator/access_codes/explain`: why a code is in its state, in plain words. */
import { expect } from 'vitest'
import { z } from 'zod'
import { at, frontBridge, frontDoor, garageDoor, scenarios } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { explanation as explanationSchema } from '../../src/contract/access-codes.ts'

const scenario = scenarios()

const answer = z.looseObject({
  explanation: z.looseObject({ status: z.string(), summary: z.array(z.string()) }),
})

const explain = async (it: Scenario, access_code_id: string) =>
  answer.parse(await it.control('access_codes/explain', { access_code_id })).explanation

scenario('explain tells a code that waits for its time', async (it) => {
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: garageDoor,
    name: 'Ann',
    code: '1357',
    starts_at: at(100),
    ends_at: at(200),
  })
  expect(await explain(it, access_code_id)).toMatchObject({
    status: 'unset',
    summary: [
      'The status is unset.',
      `Declared: a code "Ann" with the PIN 1357, from ${at(100)} to ${at(200)}.`,
      'The lock holds nothing of it.',
      `It waits until it is time to program it, at ${at(28)}.`,
    ],
    on_lock: null,
    waits_for: { reason: 'lead_time', until: at(28) },
  })
  await it.advanceTo(at(29))
  expect((await explain(it, access_code_id)).summary.slice(2)).toEqual([
    `The lock holds the PIN 1357 in slot 1, from ${at(100)} to ${at(200)}, as declared.`,
    `It is on the lock and waits for its start at ${at(100)}.`,
  ])
})

scenario('explain names the fault that acts, the attempts and the next one', async (it) => {
  const fault_id = await it.fault({
    on: 'access_code.set',
    name: 'stubborn lock',
    match: { device_id: garageDoor },
    effect: { kind: 'fail', message: 'Motor stuck.' },
  })
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: garageDoor,
    code: '1357',
  })
  await it.advance('12m')
  const told = await explain(it, access_code_id)
  expect(told).toMatchObject({
    status: 'setting',
    last_attempt: { kind: 'set', attempts: 2, error: 'Motor stuck.' },
    waits_for: { reason: 'retry' },
    faults: [{ fault_id, name: 'stubborn lock', hits: 2 }],
  })
  expect(told.summary).toContain(
    `Since ${at(0)} Seam tries to put the code on the lock: 2 attempts so far.`,
  )
  expect(told.summary.at(-1)).toBe('The fault stubborn lock (fail) acts on it; it has acted twice.')
})

scenario(
  'explain tells a lock that cannot be reached, and a change that Seam has not seen',
  async (it) => {
    const { access_code_id } = await it.seam.accessCodes.create({
      device_id: frontDoor,
      code: '1357',
    })
    await it.advance('1m')
    expect((await explain(it, access_code_id)).summary.at(-1)).toBe(
      'All is well: it stays until somebody changes it.',
    )
    await it.control('bridges/unplug', { bridge_id: frontBridge })
    await it.control('manufacturer_app/update_code', {
      device_id: frontDoor,
      access_code_id,
      code: '2468',
    })
    await it.seam.accessCodes.update({ access_code_id, name: 'Ann' })
    const { summary } = await explain(it, access_code_id)
    expect(summary).toContain(
      'The lock holds the PIN 2468 in slot 1, for good; Seam has not read that yet.',
    )
    expect(summary.join('\n')).toContain(
      'waits for the lock to be reachable again: hub_disconnected since',
    )
  },
)

scenario('explain knows codes that are gone, and no others', async (it) => {
  const { access_code_id } = await it.seam.accessCodes.create({ device_id: garageDoor })
  await it.advance('1m')
  await it.seam.accessCodes.delete({ access_code_id })
  await it.advance('1m')
  const gone = await explain(it, access_code_id)
  expect(gone.status).toBe('deleted')
  expect(gone.summary[0]).toContain('its last event was access_code.deleted')
  const unknown = { access_code_id: '00000000-0000-4000-8000-000000000000' }
  expect(await it.refused('/_emulator/access_codes/explain', unknown)).toMatchObject({
    status: 404,
  })
})

scenario(
  'explain tells the whole life of a code, and what was called and told about it',
  async (it) => {
    await it.control('webhooks/create', { url: it.emulator.inbox.url() })
    const { access_code_id } = await it.seam.accessCodes.create({
      device_id: frontDoor,
      name: 'Ada',
      code: '4821',
      starts_at: at(1),
      ends_at: at(200),
    })
    await it.advanceTo(at(2))
    await it.seam.accessCodes.delete({ access_code_id })
    await it.advanceTo(at(3))
    const told = z.object({ explanation: explanationSchema() }).parse(
      await it.control('access_codes/explain', {
        access_code_id,
        with: ['timeline', 'events', 'requests', 'deliveries'],
      }),
    ).explanation
    expect(told.status).toBe('deleted')
    expect(told.timeline).toMatchObject({ access_code_id, is_gone: true, code: '4821' })
    expect(told.timeline?.on_lock).toHaveLength(1)
    expect(told.events?.map(({ event_type }) => event_type)).toEqual([
      'access_code.created',
      'access_code.scheduled_on_device',
      'access_code.set_on_device',
      'access_code.removed_from_device',
      'access_code.deleted',
    ])
    expect(told.requests?.map(({ path }) => path)).toEqual([
      '/access_codes/create',
      '/access_codes/delete',
    ])
    expect(told.events?.[0]?.request_id).toBe(told.requests?.[0]?.request_id)
    expect(told.deliveries?.map(({ event_type, state }) => [event_type, state])).toEqual(
      told.events?.map(({ event_type }) => [event_type, 'delivered']),
    )
    expect(await explain(it, access_code_id)).not.toHaveProperty('timeline')
  },
)
