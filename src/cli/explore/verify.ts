/** `explore verify`: plays a part of somebody's report again. */
import { existsSync, readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { Command, InvalidArgumentError } from 'commander'
import { paint } from '../../log/paint.ts'
import { exitCodes, notFound } from '../failure.ts'
import { writeJson, writeLine } from '../output.ts'

interface VerifyOptions {
  config: string
  part: number
  sample?: string
  json?: boolean
}

/** `10%`, `0.1` or `1`, as a fraction. */
const partOf = (text: string): number => {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)
  const part = percent === null ? Number(text) : Number(percent[1]) / 100
  if (part > 0 && part <= 1) return part
  throw new InvalidArgumentError('Give a part such as 10%, up to 100%.')
}

const verify = async (file: string, options: VerifyOptions): Promise<void> => {
  if (!existsSync(file)) throw notFound(`There is no ${file}.`)
  const [
    { openSession },
    { contradictionsIn, otherVersion, playAgain, readReport, sampleOf },
    files,
  ] = await Promise.all([
    import('../../explorer/session.ts'),
    import('../../explorer/verify.ts'),
    import('./files.ts'),
  ])
  const report = readReport(JSON.parse(readFileSync(file, 'utf8')))
  const sample = options.sample ?? randomUUID().slice(0, 8)
  const numbers = sampleOf(report.stories, options.part, sample)
  const problems = contradictionsIn(report)
  const config = await files.loadConfig(options.config)
  const session = await openSession(config, await files.loadReference())
  try {
    problems.push(...(await playAgain(session.explorer, report, numbers)))
  } finally {
    await session.close()
  }
  const warning = problems.length > 0 ? otherVersion(report) : null
  if (options.json === true) {
    writeJson({ played: numbers, sample, problems, emulator: report.emulator ?? null })
  } else {
    for (const problem of problems) writeLine(`${paint('red', '✗')} ${problem}`)
    if (warning !== null) writeLine(warning)
    const what = `${numbers.length} of ${report.stories} stories of level ${report.level} (sample ${sample})`
    writeLine(
      problems.length === 0
        ? `${paint('green', '✓')} ${what} and ${report.findings.length} findings are what the report says, byte for byte.`
        : `The report does not hold: ${what} were played again.`,
    )
  }
  if (problems.length > 0) process.exitCode = exitCodes.no
}

export const verifyCommand = (): Command =>
  new Command('verify')
    .description('play a part of a report again, and compare byte by byte')
    .argument('<report>', 'its report.json')
    .option('-c, --config <file>', 'the adapter: how the app is reached', 'explorer.config.js')
    .option('--part <share>', 'how much of it, such as 10%', partOf, 0.1)
    .option('--sample <text>', 'which stories; drawn anew when not given')
    .option('--json', 'print what was found as JSON')
    .addHelpText(
      'after',
      `
Exit code 0: it is as the report says. 1: it is not.

Example:
  seam-emulator explore verify explorer-report/report.json --part 10%`,
    )
    .action((file: string, _options: unknown, command: Command) =>
      // `explore` has --config and --json as well.
      verify(file, command.optsWithGlobals<VerifyOptions>()),
    )
