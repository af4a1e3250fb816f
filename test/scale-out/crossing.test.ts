import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whatCrosses } from '../../bench/lib/crossing.ts'
import { nginxVersion, startNginx } from '../../bench/lib/nginx.ts'
import { launchEmulator } from '../../bench/lib/processes.ts'
import type { Server } from '../../bench/lib/processes.ts'
import { startHashingProxy } from '../support/hashing-proxy.ts'

const servers: Server[] = []
beforeAll(async () => {
  const command = [process.execPath, join(import.meta.dirname, '../../src/cli.ts')]
  for (let n = 0; n < 3; n++) servers.push(await launchEmulator(command))
})
afterAll(async () => {
  for (const server of servers) await server.stop()
})

const keys = (name: string): string[] =>
  Array.from({ length: 12 }, (_, index) => `seam_test_${name}_${index}`)
const urls = (): string[] => servers.map(({ url }) => url)

describe('three processes behind one address', () => {
  it('keep clocks, codes, webhooks and keys apart', async () => {
    const proxy = await startHashingProxy(urls())
    expect(await whatCrosses(proxy.url, servers, keys('proxy'))).toEqual([])
    proxy.close()
  })

  it.skipIf(nginxVersion() === undefined)(
    'do so behind nginx with the configuration of examples/scale-out',
    async () => {
      const proxy = await startNginx(urls())
      expect(await whatCrosses(proxy.url, servers, keys('nginx'))).toEqual([])
      await proxy.stop()
    },
  )

  it('would not pass behind a proxy that sends a key now here and now there', async () => {
    let turn = 0
    const proxy = await startHashingProxy(urls(), () => turn++)
    await expect(whatCrosses(proxy.url, servers, keys('mixed'))).rejects.toThrow(/not found/)
    proxy.close()
  })
})
