#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { startEmulator } from './emulator.ts'
import { createLog } from './log.ts'
import type { LogLevel } from './log.ts'

const levels: readonly string[] = ['silent', 'error', 'warn', 'info', 'debug']

const args = process.argv.slice(2)
// Called as test suites call the vendor's fake: `--seed` and nothing else, the port in PORT.
const isFake = args.length === 1 && args[0] === '--seed'

const { values } = parseArgs({
  args: isFake ? ['--fixture', 'vendor-fake', '--log-level', 'error'] : args,
  allowPositionals: true,
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    db: { type: 'string' },
    fixture: { type: 'string' },
    seed: { type: 'string' },
    clock: { type: 'string' },
    'log-level': { type: 'string' },
    json: { type: 'boolean' },
  },
})

const level = values['log-level'] ?? 'info'
const json = values.json === true
const emulator = await startEmulator({
  port: Number(values.port ?? process.env['PORT'] ?? 3020),
  host: values.host ?? '127.0.0.1',
  db: values.db ?? process.env['SEAM_EMULATOR_DB'] ?? ':memory:',
  fixture: values.fixture ?? 'default',
  seed: values.seed,
  clock: values.clock === 'frozen' ? { mode: 'frozen' } : { mode: 'realtime' },
  api_key: 'seam_test_default',
  check_responses: false,
  log: createLog(
    levels.includes(level) ? (level as LogLevel) : 'info',
    process.stderr.isTTY && !json,
  ),
})
const { endpoint, api_key, workspace_id } = emulator
console.log(
  json
    ? JSON.stringify({ url: endpoint, api_key, workspace_id, pid: process.pid })
    : `seam-emulator is ready at ${endpoint} with the API key ${api_key}`,
)

const stop = (): void => {
  void emulator.close().then(() => process.exit(0))
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
