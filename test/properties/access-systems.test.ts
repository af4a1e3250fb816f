/** One leap is many steps, and a site tells the same whoever looks on. */
import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { presentAt } from '../../src/sim/acs-cards/at-the-door.ts'
import { createCredential } from '../../src/sim/acs-credentials/operations.ts'
import { encodeCredential } from '../../src/sim/acs-encoders/operations.ts'
import { createUser, suspendUser } from '../../src/sim/acs-users/operations.ts'
import { plugBridge, unplugBridge } from '../../src/sim/devices/bridges.ts'
import { openFrozenWorld } from '../support/frozen-world.ts'
import type { FrozenWorld } from '../support/frozen-world.ts'

const file = new URL('../../fixtures/access-systems.json', import.meta.url)
const fixture = z.looseObject({ name: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8')))

const hotel = '50000000-0000-4000-8000-0000000000a1'
const room = 'e0000000-0000-4000-8000-0000000000a2'
const officeDoor = 'e0000000-0000-4000-8000-0000000000a4'
const jane = '80000000-0000-4000-8000-0000000000a1'
const desk = '70000000-0000-4000-8000-0000000000a1'
const bridge = 'b0000000-0000-4000-8000-0000000000a1'

/** A guest comes while the bridge is out, a resident is suspended, and a card is encoded. */
const live = (world: FrozenWorld, pass: (ms: number) => void): unknown => {
  const credential = world.write((it) => {
    unplugBridge(it, bridge)
    const { acs_user_id } = createUser(it, { acs_system_id: hotel, full_name: 'Guest' })
    suspendUser(it, jane, true)
    return createCredential(it, { acs_user_id, access_method: 'card', acs_entrance_ids: [room] })
  })
  pass(60_000)
  world.write((it) => plugBridge(it, bridge))
  pass(30_000)
  world.write((it) => encodeCredential(it, desk, credential.acs_credential_id))
  pass(60_000)
  return world.write((it) => {
    const card_number = it.acs_credentials.get(credential.acs_credential_id)?.card_number ?? ''
    return {
      room: presentAt(it, room, { card_number }),
      office: presentAt(it, officeDoor, { code: '482193' }),
      events: it.events.all().map(({ body }) => body),
      rows: [it.acs_users.all(), it.acs_credentials.all(), it.acs_cards.all()],
    }
  })
}

describe('a site of access systems', () => {
  const once = () => {
    const world = openFrozenWorld(fixture, 'site')
    return live(world, world.advance)
  }

  it('tells the same by one leap and by many steps', () => {
    const world = openFrozenWorld(fixture, 'site')
    const steps = live(world, (ms) => {
      for (let passed = 0; passed < ms; passed += 500) world.advance(500)
    })
    expect(steps).toEqual(once())
    expect(steps).toMatchObject({
      room: { opened: true },
      office: { opened: false, reason: 'blocklisted_code' },
    })
  })

  it('of the same seed is the same again', () => {
    expect(JSON.stringify(once())).toBe(JSON.stringify(once()))
  })
})
