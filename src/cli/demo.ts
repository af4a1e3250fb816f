import { Argument, Command } from 'commander'
import { paint } from '../log/paint.ts'
import { reservation } from './demo/reservation.ts'
import { openStage, printBeat } from './demo/stage.ts'
import type { Demo } from './demo/stage.ts'
import { stay } from './demo/stay.ts'
import { writeJson, writeLine } from './output.ts'

const demos = { stay, reservation } as const satisfies Record<string, Demo>

type DemoName = keyof typeof demos

const names: readonly string[] = Object.keys(demos)

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const run = async (name: DemoName, options: { json?: boolean; fast?: boolean }): Promise<void> => {
  const slow = process.stdout.isTTY && options.fast !== true && options.json !== true
  const demo: Demo = demos[name]
  const { createEmulator } = await import('../index.ts')
  const emulator = await createEmulator({
    clock: `frozen@${demo.begins}`,
    api_key: 'seam_test_demo',
    ...(demo.fixture !== undefined && { fixture: demo.fixture }),
  })
  const [bold, rest] = demo.title
  if (options.json !== true) writeLine(`${paint('bold', bold)}${rest}\n`)
  const begun = performance.now()
  try {
    await demo.play(
      openStage(emulator, demo.texts, async (beat) => {
        if (options.json === true) writeJson(beat)
        else printBeat(beat)
        if (slow) await pause(380)
      }),
    )
  } finally {
    await emulator.close()
  }
  if (options.json === true) return
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1)
  writeLine(
    `\n${demo.lasts} in ${seconds} s. Nothing of it was scripted: each line is an answer of the API,\na webhook that arrived, or the lock's own memory. Begin yours with: ${paint('bold', 'seam-emulator')}`,
  )
}

export const demoCommand = (): Command =>
  new Command('demo')
    .description("play a guest's stay, from booking to check-out, in ten seconds")
    .addArgument(
      new Argument('[story]', 'stay: a guest with an access code; reservation: a pushed booking')
        .choices(names)
        .default('stay'),
    )
    .option('--fast', 'without pauses')
    .option('--json', 'print one JSON object per line')
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator demo
  seam-emulator demo reservation                      spaces, access grant, a move, a cancellation
  seam-emulator demo --fast --json                    for programs, one line a beat`,
    )
    .action(run)
