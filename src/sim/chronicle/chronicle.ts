/**
 * Keeps what physically happened and leaves no other trace: what events, the doors' history, the
 * attempts of webhooks or a row tell already is not kept again (docs/decisions/0160).
 */
import { is } from '../../db/conditions.ts'
import { chronicle as chronicleRows } from '../../db/tables/chronicle.ts'
import { noteHistory } from '../history/forget.ts'
import { overhear } from '../kernel/overhear.ts'
import type { Chronicled } from '../kernel/overheard.ts'
import type { World } from '../kernel/world.ts'

/** Keeps it, and tells it to whoever listens. */
export const chronicle = (world: World, told: Chronicled): void => {
  const { kind, device_id, access_code_id, ...body } = told
  const seq = world.chronicle.insert({ at: world.now, kind, device_id, access_code_id, body })
  noteHistory(world, 'chronicle', 0)
  overhear(world, { ...told, seq })
}

const ofDevice = is(chronicleRows.device_id)

/** The device has another id from now on. */
export const moveChronicle = (world: World, from: string, to: string): void =>
  void world.chronicle.updateWhere(ofDevice(from), { device_id: to })
