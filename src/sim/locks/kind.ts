/** Locks as a kind of device. */
import type { DeviceKind } from '../devices/kinds.ts'
import type { World } from '../kernel/world.ts'
import { refreshLink } from './link-of-lock.ts'
import { createLock } from './create.ts'
import { noteDoor } from './door-history.ts'
import type { DescribedLock } from './fixture.ts'
import { lockView, requireLock } from './lock-view.ts'
import { writeSlot } from './memory-bank.ts'
import { lockProfiles } from './models/index.ts'

/** Codes that somebody else put on the lock. */
const fillMemory = (world: World, { device_id, memory }: DescribedLock): void => {
  for (const { slot, code, name } of memory) {
    writeSlot(world, {
      device_id,
      slot,
      code,
      name,
      starts_at: null,
      ends_at: null,
      one_time: false,
      access_code_id: null,
    })
  }
}

/** What is the matter with a lock from the beginning. */
const applyCondition = (world: World, described: DescribedLock): void => {
  const { device_id, jammed, in_privacy_mode, has_subscription } = described
  if (!has_subscription) world.locks.update(device_id, { subscription_expired_at: world.now })
  if (in_privacy_mode) world.locks.update(device_id, { privacy_mode_at: world.now })
  if (jammed) world.locks.update(device_id, { jammed })
  if (jammed || in_privacy_mode) noteDoor(world, device_id)
}

/** Hangs the lock that a fixture describes. */
export const createDescribedLock = (world: World, described: DescribedLock): void => {
  const { model = '', profile } = described
  createLock(world, { ...described, model, profile_overrides: profile })
  fillMemory(world, described)
  applyCondition(world, described)
}

export const lockKind: DeviceKind = {
  refreshLink,
  bridgeOf: (world, { device_id }) => requireLock(world, device_id).lock.bridge_id,
  simulates: (world, { device_id }) => lockView(world, device_id)?.profile.simulates ?? null,
  typesThatSimulate: (what) =>
    Object.values(lockProfiles).flatMap(({ simulates, device_type }) =>
      simulates[what] ? [device_type] : [],
    ),
}
