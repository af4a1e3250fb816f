import { describe, expect, it } from 'vitest'
import { settle, violations } from '../../bench/crash/model.ts'
import type { KnownCode, Observed, Seen } from '../../bench/crash/model.ts'

const code = (part: Partial<KnownCode> = {}): KnownCode => ({
  name: 'one',
  device_id: 'lock',
  ongoing: true,
  access_code_id: 'c1',
  updates: 0,
  deletion: 'none',
  ...part,
})
const listed = (part: { name?: string; access_code_id?: string } = {}) => ({
  access_code_id: 'c1',
  name: 'one',
  status: 'set',
  device_id: 'lock',
  ...part,
})
const event = (event_id: string, kind: string, access_code_id = 'c1') => ({
  event_id,
  event_type: `access_code.${kind}`,
  access_code_id,
})
const slot = { device_id: 'lock', access_code_id: 'c1' }
const healthyEvents = [event('e1', 'created'), event('e2', 'set_on_device')]
const healthy = (part: Partial<Observed> = {}): Observed => ({
  listed: [listed()],
  events: healthyEvents,
  slots: [slot],
  received: new Map([['hook', new Set(['e1', 'e2'])]]),
  ...part,
})
const seen: Seen = { event_ids: ['e1'], undelivered: 0 }
const kinds = (codes: KnownCode[], observed: Observed, before = seen) =>
  violations(codes, before, observed).map(({ kind }) => kind)

describe('the judgement of a crash', () => {
  it('finds nothing when everything answered is there', () => {
    expect(violations([code()], seen, healthy())).toEqual([])
  })

  it('finds an answered create that is gone', () => {
    expect(kinds([code()], healthy({ listed: [] }))).toContain('lost')
  })

  it('accepts a create without an answer, there or not', () => {
    const open: KnownCode = {
      name: 'one',
      device_id: 'lock',
      ongoing: true,
      updates: 0,
      deletion: 'none',
    }
    expect(kinds([open], healthy())).toEqual([])
    const nothing = healthy({ listed: [], events: [], slots: [] })
    expect(kinds([open], nothing, { event_ids: [], undelivered: 0 })).toEqual([])
  })

  it('finds an update that was answered and undone', () => {
    const renamed = code({ name: 'two', updates: 1 })
    expect(kinds([renamed], healthy())).toEqual(expect.arrayContaining(['lost', 'wrong']))
  })

  it('accepts either name of an update without an answer', () => {
    const asked = code({ name_asked: 'two', updates: 1 })
    expect(kinds([asked], healthy())).toEqual([])
    expect(kinds([asked], healthy({ listed: [listed({ name: 'two' })] }))).toEqual([])
  })

  it('finds a deleted code that came back', () => {
    expect(kinds([code({ deletion: 'answered' })], healthy())).toContain('lost')
  })

  it('wants exactly one deleted event and no slot for a code that is gone', () => {
    const gone = code({ deletion: 'answered' })
    const events = [...healthyEvents, event('e3', 'removed_from_device'), event('e4', 'deleted')]
    const received = new Map([['hook', new Set(['e1', 'e2', 'e3', 'e4'])]])
    expect(kinds([gone], healthy({ listed: [], slots: [], events, received }))).toEqual([])
    expect(kinds([gone], healthy({ listed: [], events, received }))).toEqual(['repeated'])
    expect(kinds([gone], healthy({ listed: [], slots: [] }))).toEqual(['lost'])
  })

  it('finds a job that ran twice by its second event or its second slot', () => {
    const events = [...healthyEvents, event('e3', 'set_on_device')]
    const received = new Map([['hook', new Set(['e1', 'e2', 'e3'])]])
    expect(kinds([code()], healthy({ events, received }))).toEqual(['repeated'])
    expect(kinds([code()], healthy({ slots: [slot, slot] }))).toEqual(['repeated'])
  })

  it('finds a code that exists twice or was never asked for', () => {
    const twice = healthy({ listed: [listed(), listed({ access_code_id: 'c2' })] })
    expect(kinds([code()], twice)).toEqual(['repeated'])
    expect(kinds([], healthy())).toEqual(['wrong'])
  })

  it('finds an id that changed', () => {
    const other = healthy({ listed: [listed({ access_code_id: 'c9' })] })
    expect(kinds([code()], other)).toContain('wrong')
  })

  it('finds events that vanished or changed places', () => {
    const before: Seen = { event_ids: ['e1', 'e2'], undelivered: 0 }
    const swapped = healthy({ events: healthyEvents.toReversed() })
    expect(kinds([code()], swapped, before)).toEqual(['reordered'])
    const vanished: Seen = { event_ids: ['e0', 'e1'], undelivered: 0 }
    expect(kinds([code()], healthy(), vanished)).toEqual(['lost'])
  })

  it('finds an event that reached no webhook, except those from before the webhook', () => {
    const received = new Map([['hook', new Set(['e2'])]])
    expect(kinds([code()], healthy({ received }))).toEqual(['undelivered'])
    const later: Seen = { event_ids: ['e1'], undelivered: 1 }
    expect(kinds([code()], healthy({ received }), later)).toEqual([])
  })
})

describe('settling what was open at a crash', () => {
  it('takes over what is there and forgets what never was', () => {
    const open: KnownCode = {
      name: 'two',
      device_id: 'lock',
      ongoing: true,
      updates: 0,
      deletion: 'none',
    }
    const asked = code({ name_asked: 'new', updates: 1 })
    const settled = settle([asked, open], [listed({ name: 'new' })])
    expect(settled).toEqual([code({ name: 'new', updates: 1 })])
  })

  it('decides an unanswered delete by whether the code is there', () => {
    const asked = code({ deletion: 'asked' })
    expect(settle([asked], [])[0]?.deletion).toBe('answered')
    expect(settle([asked], [listed()])[0]?.deletion).toBe('none')
  })
})
