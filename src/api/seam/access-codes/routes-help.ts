/** What helps to keep codes working: PIN proposals, backup codes and reported constraints. */
import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { pullBackupAccessCode } from '../../../sim/access-codes/backup-pool.ts'
import { reportDeviceConstraints } from '../../../sim/access-codes/device-constraints.ts'
import { suggestCode } from '../../../sim/access-codes/pins.ts'
import { requireManagedLock } from '../../../sim/access-codes/checks/request.ts'
import { anyClient, serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { presentAccessCode } from './wire.ts'
import { accessCode, generatedCode } from './wire.ts'
import { visibleAccessCode, visibleDevice } from '../../http/visibility.ts'

const generate = defineEndpoint({
  path: '/access_codes/generate_code',
  methods: ['GET', 'POST'],
  auth: [...serverAuth, 'client_session'],
  summary: 'A PIN that the device would take; nothing is stored.',
  effect: 'write',
  params: () => z.object({ device_id: id() }),
  result: () => ({ generated_code: generatedCode() }),
  handler: ({ world, auth }, { device_id }) => {
    visibleDevice(world, auth, device_id)
    const code = suggestCode(world, requireManagedLock(world, device_id))
    return { generated_code: { device_id, code } }
  },
})

const pull = defineEndpoint({
  path: '/access_codes/pull_backup_access_code',
  methods: ['POST'],
  auth: anyClient,
  summary: 'Takes a spare code out of the pool in place of one that fails.',
  effect: 'write',
  params: () => z.object({ access_code_id: id() }),
  result: () => ({ access_code: accessCode(), backup_access_code: accessCode() }),
  handler: ({ world, auth }, { access_code_id }) => {
    visibleAccessCode(world, auth, access_code_id)
    const pulled = pullBackupAccessCode(world, access_code_id)
    const backup_access_code = presentAccessCode(world, pulled.backup_access_code)
    return {
      // Who follows the guides gives this code to the guest; the samples answer the original here.
      access_code: world.settings.pull_answers_backup
        ? backup_access_code
        : presentAccessCode(world, pulled.access_code),
      backup_access_code,
    }
  },
})

const codeLength = once(() => z.int().min(4).max(20))

const report = defineEndpoint({
  path: '/access_codes/report_device_constraints',
  methods: ['POST'],
  auth: [...serverAuth, 'client_session'],
  summary: 'Tells which PIN lengths a lock takes, where its provider cannot.',
  effect: 'write',
  params: () =>
    z.object({
      device_id: id(),
      supported_code_lengths: z.array(codeLength()).optional(),
      min_code_length: codeLength().optional(),
      max_code_length: codeLength().optional(),
    }),
  result: () => ({}),
  handler: ({ world, auth }, { device_id, ...lengths }) => {
    visibleDevice(world, auth, device_id)
    const { supported_code_lengths, min_code_length, max_code_length } = lengths
    reportDeviceConstraints(world, device_id, {
      ...(supported_code_lengths !== undefined && { supported_code_lengths }),
      ...(min_code_length !== undefined && { min_code_length }),
      ...(max_code_length !== undefined && { max_code_length }),
    })
    return {}
  },
})

export const accessCodeHelpEndpoints = [generate, pull, report]
