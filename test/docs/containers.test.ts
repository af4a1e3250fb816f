import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'
import { createEmulator } from '../../src/index.ts'
import { repository } from './blocks.ts'

const read = (file: string): string => readFileSync(join(repository, file), 'utf8')

/** Every variable that `start` reads. */
const variables = async (): Promise<string[]> => {
  const { commands } = await createProgram('start')
  const start = commands.find((command) => command.name() === 'start')
  return (start?.options ?? []).flatMap(({ envVar }) => (envVar === undefined ? [] : [envVar]))
}

const hasYaml = spawnSync('python3', ['-c', 'import yaml'], { stdio: 'ignore' }).status === 0

describe('the container', () => {
  test('is built from what is there and sent to the builder', () => {
    const kept = read('.dockerignore').split('\n')
    const copied = read('Dockerfile')
      .split('\n')
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
      .flatMap((line) => line.split(' ').slice(1, -1))
    expect(copied).toContain('fixtures')
    for (const path of copied) {
      expect(existsSync(join(repository, path)), path).toBe(true)
      expect(kept).toContain(`!${path}`)
    }
  })

  test('does not run as root, and is healthy when the emulator is ready', async () => {
    const dockerfile = read('Dockerfile')
    expect(dockerfile).toMatch(/^USER node$/m)
    const [, path = ''] = /HEALTHCHECK[\s\S]*?\}(\/[\w/]+)`/.exec(dockerfile) ?? []
    await using emulator = await createEmulator()
    expect((await fetch(`${emulator.endpoint}${path}`)).status).toBe(200)
  })

  test('has compiled code in it: whoever runs it starts it once, where it is kept', () => {
    const dockerfile = read('Dockerfile')
    const [, folder = 'none'] = /^ENV NODE_COMPILE_CACHE=(\S+)$/m.exec(dockerfile) ?? []
    expect(dockerfile).toMatch(new RegExp(`mkdir .*${folder}.* chown node:node .*${folder}`))
    const asUser = dockerfile.slice(dockerfile.indexOf('USER node'))
    const [, command = ''] = /^RUN (timeout 5 .*)$/m.exec(asUser) ?? []
    // What ends the start is no failure; anything else is.
    const after = (code: number) =>
      spawnSync('sh', ['-c', command.replace(/^timeout 5 .* \|\|/, `(exit ${code}) ||`)]).status
    expect([after(124), after(1)]).toEqual([0, 1])
    const [, , , start, ...options] = command
      .replace(/ \|\|.*/, '')
      .split(' ')
      .slice(1)
    expect([start, ...options]).toEqual(['start', '--port', '0', '--log-level', 'error'])
  })

  test('and compose.yaml set only variables that start reads', async () => {
    const given = [
      read('Dockerfile'),
      read('compose.yaml'),
      read('examples/scale-out/compose.yaml'),
    ].flatMap((text) => [...text.matchAll(/SEAM_EMULATOR_[A-Z_]+/g)])
    expect(given.length).toBeGreaterThan(1)
    const known = await variables()
    for (const [name] of given) expect(known).toContain(name)
  })
})

describe('YAML files', () => {
  const reason = hasYaml ? '' : ' (skipped: no python3 with yaml here)'
  for (const file of ['compose.yaml', 'examples/github-actions.yml']) {
    test.skipIf(!hasYaml)(`${file} can be read${reason}`, () => {
      const script = 'import sys, yaml; yaml.safe_load(open(sys.argv[1]))'
      const { status } = spawnSync('python3', ['-c', script, join(repository, file)])
      expect(status).toBe(0)
    })
  }
})
