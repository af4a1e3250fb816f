import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import {
  configureAutoLock,
  lockDoor,
  simulateCodeEntry,
  simulateManualLock,
  unlockDoor,
} from '../../../sim/locks/actions.ts'
import { anyClient, serverAuth } from '../../http/auth.ts'
import { deviceFilters, listDevices } from '../devices/filters.ts'
import { createStillLists } from '../../answers/list-cache.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { presentDevice } from '../devices/present.ts'
import { deviceCommandEndpoint } from '../action-attempts/started.ts'
import { device, lockTypes } from '../devices/wire.ts'
import { lockManufacturers } from '../devices/wire-manufacturers.ts'
import { findDevice } from '../devices/routes.ts'

const withSession = [...serverAuth, 'client_session'] as const
const deviceOnly = once(() => z.object({ device_id: id(), sync: z.boolean().optional() }))

const lockDoorEndpoint = deviceCommandEndpoint({
  path: '/locks/lock_door',
  auth: anyClient,
  summary: 'Locks the door remotely.',
  action_attempt_type: 'LOCK_DOOR',
  params: deviceOnly,
  run: (world, { device_id }) => lockDoor(world, device_id),
})

const unlockDoorEndpoint = deviceCommandEndpoint({
  path: '/locks/unlock_door',
  auth: anyClient,
  summary: 'Unlocks the door remotely.',
  action_attempt_type: 'UNLOCK_DOOR',
  params: deviceOnly,
  run: (world, { device_id }) => unlockDoor(world, device_id),
})

const configureAutoLockEndpoint = deviceCommandEndpoint({
  path: '/locks/configure_auto_lock',
  auth: withSession,
  summary: 'Switches auto-lock on or off and sets its delay.',
  action_attempt_type: 'CONFIGURE_AUTO_LOCK',
  params: () =>
    z.object({
      device_id: id(),
      auto_lock_enabled: z.boolean(),
      auto_lock_delay_seconds: z.number().min(1).max(60).optional(),
    }),
  run: (world, params) => configureAutoLock(world, params.device_id, params),
})

const keypadCodeEntry = deviceCommandEndpoint({
  path: '/locks/simulate/keypad_code_entry',
  auth: serverAuth,
  summary: 'A person types a code at the keypad.',
  action_attempt_type: 'SIMULATE_KEYPAD_CODE_ENTRY',
  params: () => z.object({ device_id: id(), code: z.string() }),
  run: (world, { device_id, code }) => simulateCodeEntry(world, device_id, code),
})

const manualLock = deviceCommandEndpoint({
  path: '/locks/simulate/manual_lock_via_keypad',
  auth: serverAuth,
  summary: 'A person locks the door at the keypad.',
  action_attempt_type: 'SIMULATE_MANUAL_LOCK_VIA_KEYPAD',
  params: () => z.object({ device_id: id() }),
  run: (world, { device_id }) => simulateManualLock(world, device_id),
})

const get = defineEndpoint({
  path: '/locks/get',
  methods: ['GET', 'POST'],
  auth: withSession,
  summary: 'Deprecated: /devices/get for a lock, under both keys.',
  effect: 'read',
  params: () => z.object({ device_id: id().optional(), name: z.string().optional() }),
  result: () => ({ lock: device(), device: device() }),
  handler: ({ world, auth }, params) => {
    const lock = presentDevice(world, findDevice(world, auth, params, true))
    return { lock, device: lock }
  },
})

const still = createStillLists<Record<'locks' | 'devices', Record<string, unknown>[]>>()

const list = defineEndpoint({
  path: '/locks/list',
  methods: ['GET', 'POST'],
  auth: withSession,
  summary: 'Managed locks, under both keys; the answer has no pagination.',
  effect: 'read',
  params: () => z.object(deviceFilters(500, lockTypes, lockManufacturers)),
  result: () => ({ locks: z.array(device()), devices: z.array(device()) }),
  handler: (call, params) =>
    still(call, params, () => {
      const { devices } = listDevices(call, params, {
        is_managed: true,
        present: (row) => presentDevice(call.world, row),
        types: lockTypes,
      })
      return { locks: devices, devices }
    }),
})

export const lockEndpoints = [
  lockDoorEndpoint,
  unlockDoorEndpoint,
  configureAutoLockEndpoint,
  keypadCodeEntry,
  manualLock,
  get,
  list,
]
