import { paint } from '../log/paint.ts'
import type { RunningEmulator } from '../emulator.ts'

/** A lock on which a code can be set without further ado. */
const someLock = ({ universe, workspace_id }: RunningEmulator): string | null =>
  universe.read(workspace_id, ({ locks }) => locks.first([], { limit: 1 })?.device_id ?? null)

/** What to paste into another terminal to see a code set and its webhook arrive; null without a lock. */
export const exampleOf = (emulator: RunningEmulator): string | null => {
  const device_id = someLock(emulator)
  if (device_id === null) return null
  const { endpoint, api_key } = emulator
  const curl = (path: string, body: object): string =>
    `  curl -s ${endpoint}${path} -H 'authorization: Bearer ${api_key}' -H 'content-type: application/json' -d '${JSON.stringify(body)}'`
  const sent = { device_id, name: 'My first code' }
  return [
    '',
    paint('dim', '# In another terminal: set a code on a lock, and see its webhook arrive.'),
    curl('/webhooks/create', { url: `${endpoint}/_emulator/inbox/receive/first` }),
    curl('/access_codes/create', sent),
    curl('/_emulator/inbox/wait_for', {
      event_type: 'access_code.set_on_device',
      timeout: '1m',
    }),
    '',
    paint('dim', '# The same with the official SDK (npm install seam):'),
    `  const seam = new Seam({ endpoint: '${endpoint}', apiKey: '${api_key}' })`,
    `  await seam.accessCodes.create({ device_id: '${device_id}', name: 'My first code' })`,
    '',
    paint('dim', '# Everything that may be done to it: seam-emulator --help. Stop it with Ctrl-C.'),
    '',
  ].join('\n')
}
