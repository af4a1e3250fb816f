/** The next messages of the outbox are at hand, and are those that its table would tell. */
import { describe, expect, test } from 'vitest'
import { asc, eq, orderBy, where } from '../../../src/db/conditions.ts'
import { webhook_deliveries } from '../../../src/db/tables/webhooks.ts'
import type { Delivery } from '../../../src/db/tables/webhooks.ts'
import {
  addDelivery,
  changeDelivery,
  firstDelivery,
  heldBackTo,
  nextDeliveryAt,
  nextDueTo,
} from '../../../src/sim/events/outbox.ts'
import { createStream } from '../../../src/sim/kernel/random.ts'
import type { World } from '../../../src/sim/kernel/world.ts'
import { openFrozenWorld } from '../../support/frozen-world.ts'

const pending = where(webhook_deliveries, [], (c) => eq(c.state, 'pending'))
const soonest = orderBy(webhook_deliveries, (c) => [asc(c.due_at), asc(c.seq)])
const receivers = ['first', 'second', 'third']

/** What the table itself says is next, in all and to each receiver. */
const inTable = (world: World) => {
  const all: Delivery[] = world.webhook_deliveries.all(pending(), { order: soonest })
  return {
    at: all[0]?.due_at ?? null,
    next: receivers.map(
      (id) => all.find((it) => it.webhook_id === id && it.due_at <= world.now)?.seq,
    ),
    held: receivers.map((id) =>
      all
        .filter((it) => it.webhook_id === id && it.is_reordered)
        .map(({ seq }) => seq)
        .toSorted((a, b) => a - b),
    ),
  }
}

const atHand = (world: World) => ({
  at: nextDeliveryAt(world),
  next: receivers.map((id) => nextDueTo(world, id)?.seq),
  held: receivers.map((id) => heldBackTo(world, id).map(({ seq }) => seq)),
})

const send = (world: World, webhook_id: string, due_at: number): number =>
  addDelivery(world, {
    ...firstDelivery(world, { webhook_id, event_id: 'event', message_id: 'message' }),
    due_at,
  })

/** One random change of the outbox: more of it is added than settled when it is to grow. */
const change = (world: World, fraction: () => number, grows: boolean): void => {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(fraction() * list.length)]
  const all = world.webhook_deliveries.all(pending(), { order: soonest, limit: 20 })
  const one = pick(all)
  const soon = world.now + Math.floor(fraction() * 8 - 4)
  if (one === undefined || fraction() < (grows ? 0.7 : 0.4)) {
    send(world, pick(receivers) ?? '', soon)
    return
  }
  const patches = [
    { state: 'delivered' as const },
    { due_at: soon },
    { due_at: soon + 3, is_reordered: true },
    { state: 'aborted' as const },
  ]
  changeDelivery(world, one.seq, pick(patches) ?? {})
}

describe('the outbox at hand', () => {
  test.each([false, true])('tells what its table tells, growing: %s', (grows) => {
    const { write, read, advance } = openFrozenWorld()
    const stream = createStream('outbox', String(grows))
    let drawn = 0
    const fraction = (): number => stream.fraction(drawn++)
    for (let round = 0; round < 150; round++) {
      write((world) => {
        for (let n = 0; n < (grows ? 12 : 2); n++) change(world, fraction, grows)
      })
      expect(read(atHand)).toEqual(read(inTable))
      if (round % 9 === 0) advance(2)
    }
  })

  test('forgets what a failed transaction wrote', () => {
    const { write, read } = openFrozenWorld()
    const first = write((world) => send(world, 'first', world.now))
    expect(() =>
      write((world) => {
        changeDelivery(world, first, { state: 'delivered' })
        send(world, 'first', world.now - 1)
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(read((world) => nextDueTo(world, 'first')?.seq)).toBe(first)
    expect(read(atHand)).toEqual(read(inTable))
  })

  test('knows of what was written without it', () => {
    const { write, read } = openFrozenWorld()
    write((world) => send(world, 'first', world.now))
    write((world) => world.webhook_deliveries.updateWhere(pending(), { state: 'failed' }))
    expect(read(nextDeliveryAt)).toBeNull()
  })
})
