import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, launch, repository } from './processes.ts'
import type { Server } from './processes.ts'

export const vendorFakeVersion = '1.86.0'

const cache = join(repository, 'bench/.cache', `fake-seam-connect-${vendorFakeVersion}`)
const entry = join(cache, 'node_modules/@seamapi/fake-seam-connect/dist/server.js')

/**
 * Installs the vendor's fake into a folder of its own on first use. It is 50 MB and only measured
 * against, so it is no dependency of this package. Throws when npm cannot reach its registry.
 */
export function installVendorFake(): void {
  if (existsSync(entry)) return
  mkdirSync(cache, { recursive: true })
  const name = `@seamapi/fake-seam-connect@${vendorFakeVersion}`
  const quiet = ['--no-audit', '--no-fund', '--no-save', '--loglevel', 'error']
  execFileSync('npm', ['install', '--prefix', cache, ...quiet, name], { stdio: 'inherit' })
}

/** Starts the vendor's fake with its seed, the way the SDK test suites do. */
export async function launchVendorFake(): Promise<Server> {
  const port = await freePort()
  return launch({
    name: 'fake',
    command: [process.execPath, entry, '--seed'],
    env: { PORT: String(port) },
    key: 'seam_apikey1_token',
    poll: { port, path: '/health' },
  })
}
