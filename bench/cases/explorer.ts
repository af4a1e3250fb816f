import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { BenchCase } from '../lib/bench.ts'
import { emulatorCommand, repository } from '../lib/processes.ts'
import { goal, medianOf, record } from '../lib/report.ts'

const who = 'emulator'
const name = 'stories of the explorer'

/** `300 stories in 9.1 s, 33.0 per second; 34.1 per second and core.` Time of the processor, not of the wall. */
const rateIn = (said: string): number => Number(/([\d.]+) per second and core\./.exec(said)?.[1])

/** The explorer with the reference integration and its receiver, in one process, on one core. */
export const explorer: BenchCase = {
  name: 'explorer',
  about: 'stories per second of the guest-stay explorer, with one receiver of webhooks',
  emulator_only: true,
  run: async ({ report, rounds, quick }) => {
    const [program, ...args] = emulatorCommand() ?? []
    if (program === undefined) return
    const stories = quick ? 100 : 300
    const out = await mkdtemp(join(tmpdir(), 'bench-explorer-'))
    for (let round = 0; round < rounds; round++) {
      const given = ['explore', '--config', 'examples/explorer/reference-integration.js']
      const ran = await promisify(execFile)(
        program,
        [...args, ...given, '--stories', String(stories), '--level', '2', '--out', out],
        { cwd: repository },
        // Exit code 5: some kind of trouble never happened, which is no failure here.
      ).catch((error: { code?: unknown; stderr?: unknown }) => {
        if (error.code !== 5) throw error
        return { stderr: String(error.stderr) }
      })
      record(report, { name, who, unit: '/s' }, rateIn(ran.stderr))
    }
    await rm(out, { recursive: true })
    goal(report, `${name} per second and core`, medianOf(report, name, who), 'least', 30)
  },
}
