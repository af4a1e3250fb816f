import type { WorldPartName } from '../../../contract/world.ts'
import { worldRoute } from '../../../contract/world.ts'
import { viewSpan } from '../../../lib/view-span.ts'
import { eq, where } from '../../../db/conditions.ts'
import { webhook_deliveries } from '../../../db/tables/webhooks.ts'
import { requireDevice } from '../../../sim/devices/rows.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { presentClock } from '../clock.ts'
import { answerRoute } from '../endpoint.ts'
import type { Services } from '../../http/services.ts'
import { isPartName, worldParts } from './parts.ts'
import { viewOf } from './view.ts'
import type { ToldParts, WorldView } from './view.ts'
import { toIso } from '../../../sim/kernel/instant.ts'

const waiting = where(webhook_deliveries, [], (c) => eq(c.state, 'pending'))

const countsOf = ({ world, disagreements }: WorldView, services: Services) => {
  const found = disagreements()
  const count = (kind: string): number => found.filter((it) => it.kind === kind).length
  const [locked_out, overstay] = [count('locked_out'), count('overstay')]
  return {
    locked_out,
    overstay,
    other: found.length - locked_out - overstay - count('stored'),
    access_codes: world.access_codes.count(),
    events: world.events.count(),
    pending_deliveries: world.webhook_deliveries.count(waiting()),
    inbox_messages: world.inbox_messages.count(),
    requests: services.journal.count(world.workspace_id),
  }
}

const devicesOf = (world: World, device_ids: readonly string[] | undefined): readonly string[] => {
  for (const device_id of device_ids ?? []) requireDevice(world, device_id)
  return device_ids ?? world.devices.all().map((row) => row.device_id)
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it ties what is told to its name
const tellPart = <K extends WorldPartName>(
  told: Partial<ToldParts>,
  name: K,
  view: WorldView,
): void => {
  told[name] = worldParts[name].tell(view)
}

const toldParts = (view: WorldView, names: readonly string[]): Partial<ToldParts> => {
  const told: Partial<ToldParts> = {}
  for (const name of names) if (isPartName(name)) tellPart(told, name, view)
  return told
}

export const world = answerRoute(worldRoute, {
  effect: 'read',
  handler: ({ world, services }, { from, to, parts, device_ids }) => {
    const span = viewSpan(world.now, { from, to })
    const view = viewOf(world, { ...span, device_ids: devicesOf(world, device_ids) })
    return {
      world: {
        stream: services.live.mark(world.workspace_id),
        clock: presentClock(world, services),
        from: toIso(view.from),
        to: toIso(view.to),
        counts: countsOf(view, services),
        ...toldParts(view, parts ?? Object.keys(worldParts)),
      },
    }
  },
})
