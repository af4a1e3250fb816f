import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort, repository } from './processes.ts'

/** The version of the nginx on this machine, undefined when there is none. */
export function nginxVersion(): string | undefined {
  try {
    // It prints its version to stderr.
    return execFileSync('sh', ['-c', 'nginx -v 2>&1'], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()
  } catch {
    return undefined
  }
}

/** The shipped example configuration, pointed at these upstream addresses and this port. */
function configure(upstreams: string[], port: number, folder: string): string {
  const shipped = readFileSync(join(repository, 'examples/scale-out/nginx.conf'), 'utf8')
  const servers = upstreams.map((address) => `server ${address};`).join('\n    ')
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `  ${kind}_temp_path ${folder}/tmp;`)
    .join('\n')
  return shipped
    .replace(/(server emulator-\d:3020;\s*)+/, `${servers}\n    `)
    .replace('listen 3020', `listen 127.0.0.1:${port}`)
    .replace('worker_processes auto;', `$&\ndaemon off;\npid ${folder}/pid;`)
    .replace('access_log off;', `access_log off;\n${scratch}`)
}

/** Runs nginx with the shipped configuration over some servers. */
export async function startNginx(urls: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'seam-nginx-'))
  mkdirSync(join(folder, 'tmp'))
  const port = await freePort()
  const file = join(folder, 'nginx.conf')
  const upstreams = urls.map((url) => new URL(url).host)
  writeFileSync(file, configure(upstreams, port, folder))
  const child = spawn('nginx', ['-p', folder, '-c', file, '-e', join(folder, 'error.log')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; ; tries++) {
    try {
      await (await fetch(url)).arrayBuffer()
      break
    } catch {
      if (child.exitCode !== null || tries > 500) throw new Error(`nginx: ${complaint}`)
      await wait(10)
    }
  }
  const stop = async () => {
    child.kill('SIGTERM')
    await exited
    rmSync(folder, { recursive: true })
  }
  return { url, pid: child.pid ?? 0, stop }
}
