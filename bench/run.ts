import { parseArgs } from 'node:util'
import { cases } from './cases/index.ts'
import { createBench } from './lib/bench.ts'
import { closeClient } from './lib/client.ts'
import { compareWithBefore, emptyReport, machine, render, save } from './lib/report.ts'

const usage = `npm run bench -- [--only name[,name]] [--rounds n] [--quick] [--list]

  --only    run these cases only (repeatable; a prefix is enough)
  --rounds  interleaved rounds per case, the median counts (default 5)
  --quick   small worlds and short windows: to try the bench out, not to quote
  --list    print the cases and stop`

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '5' },
    quick: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(usage)
} else if (values.list) {
  for (const { name, about } of cases) console.log(`${name.padEnd(16)} ${about}`)
} else {
  await main(values.only.flatMap((names) => names.split(',')))
}

async function main(only: string[]): Promise<void> {
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds ${values.rounds}?`)
  const chosen = cases.filter(
    ({ name }) => only.length === 0 || only.some((prefix) => name.startsWith(prefix)),
  )
  if (chosen.length === 0) throw new Error(`no case is called ${only.join(', ')}; see --list`)
  const report = emptyReport()
  const bench = createBench({ rounds, quick: values.quick, report })
  const emulatorIsHere = bench.available(['emulator']).length > 0
  for (const { name, about, emulator_only, run } of chosen) {
    if (emulator_only === true && !emulatorIsHere) continue
    bench.log(`${name}: ${about}`)
    try {
      await run(bench)
    } catch (error) {
      report.failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
      bench.log(`  failed: ${String(error)}`)
    }
  }
  closeClient()
  compareWithBefore(report)
  const view = machine()
  const kind = values.quick ? 'quick' : 'bench'
  const path = save(kind, { machine: view, rounds, quick: values.quick, ...report })
  console.log(`\n${view.cpu}, ${view.cores} cores, Node ${view.node}, ${view.date}`)
  console.log(
    `commit ${view.commit}, ${rounds} rounds${values.quick ? ', QUICK: do not quote' : ''}\n`,
  )
  console.log(render(report))
  console.log(`\n${path}`)
  const missed = report.goals.filter(({ met }) => !met).length
  console.log(
    `bench: ${report.goals.length - missed} targets met, ${missed} missed, ${report.failures.length} cases failed`,
  )
  process.exitCode = report.failures.length > 0 ? 1 : 0
}
