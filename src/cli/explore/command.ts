/** The guest-stay explorer on the command line. */
import { existsSync, writeFileSync } from 'node:fs'
import { Command, InvalidArgumentError, Option } from 'commander'
import { paint } from '../../log/paint.ts'
import type { Snapshot } from '../../db/snapshot-format.ts'
import type { ExploreReport } from '../../explorer/report/report.ts'
import { exitCodes } from '../failure.ts'
import { writeJson, writeLine } from '../output.ts'
import { starterConfig } from './starter.ts'
import { verifyCommand } from './verify.ts'

const DEFAULT_CONFIG = 'explorer.config.js'

interface ExploreOptions {
  config: string
  seed: string
  stories: number
  level: '1' | '2' | '3'
  out: string
  replay?: string
  json?: boolean
}

const wholeNumber = (text: string): number => {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0 || number > 1_000_000) {
    throw new InvalidArgumentError('Give a whole number from 0 to 1000000.')
  }
  return number
}

const levelOf = { '1': 1, '2': 2, '3': 3 } as const

/** What one core that had nothing else to do would play in a second. */
const perCore = (stories: number, since: NodeJS.CpuUsage): string => {
  const { user, system } = process.cpuUsage(since)
  return (stories / ((user + system) / 1_000_000)).toFixed(1)
}

const showProgress = (total: number) => {
  const began = performance.now()
  const worked = process.cpuUsage()
  const isShown = process.stderr.isTTY
  return {
    show: ({ stories, findings }: { stories: number; findings: number }): void => {
      if (!isShown) return
      const perSecond = stories / ((performance.now() - began) / 1000)
      process.stderr.write(
        `\r\u001B[K${stories} of ${total} stories, ${findings} findings, ${perSecond.toFixed(1)} stories per second`,
      )
    },
    end: (): void => {
      if (isShown) process.stderr.write('\r\u001B[K')
      const seconds = (performance.now() - began) / 1000
      // Not in the report: that is the same for the same seed, to the byte.
      process.stderr.write(
        `${total} stories in ${seconds.toFixed(1)} s, ${(total / seconds).toFixed(1)} per second; ${perCore(total, worked)} per second and core.\n`,
      )
    },
  }
}

const findingText = ({
  number,
  summary,
  told,
  stories,
}: ExploreReport['findings'][number]): string =>
  [
    `${paint('red', `${number}.`)} ${paint('bold', summary)}`,
    ...told.map((line) => `   ${line}`),
    ...(stories > 1 ? [paint('dim', `   The same was found in ${stories} stories.`)] : []),
  ].join('\n')

const reportText = (report: ExploreReport, out: string): string => {
  const { findings, stories, stories_with_findings, not_reached, seed, level } = report
  const verdict =
    findings.length === 0
      ? `${paint('green', 'No guest was locked out')} who need not have been, in ${stories} stories of level ${level} (seed ${seed}).`
      : `${paint('red', `${findings.length} findings`)}: ${stories_with_findings} of ${stories} stories of level ${level} went wrong (seed ${seed}).`
  return [
    ...findings.flatMap((finding) => [findingText(finding), '']),
    verdict,
    ...(not_reached.length > 0
      ? [`Never happened, so nothing is known about it: ${not_reached.join(', ')}.`]
      : []),
    ...(findings.length > 0 ? [`A page, a test and a story for each: ${out}/`] : []),
  ].join('\n')
}

/** 0: all well; 1: findings; 5: nothing found, and too little reached to say so. */
const exitCodeOf = ({ findings, not_reached, stories }: ExploreReport): number => {
  if (findings.length > 0) return exitCodes.no
  return stories > 0 && not_reached.length > 0 ? exitCodes.notReached : 0
}

const replayOne = async (file: string, options: ExploreOptions): Promise<void> => {
  const [{ openSession }, files, { namesOf, tellFinding, tellStory }, { doorsFor, judgeStory }] =
    await Promise.all([
      import('../../explorer/session.ts'),
      import('./files.ts'),
      import('../../explorer/report/sentences.ts'),
      import('../../explorer/explore.ts'),
    ])
  const config = await files.loadConfig(options.config)
  const story = files.readStory(file)
  const session = await openSession(config, await files.loadReference())
  try {
    const { findings } = await judgeStory(session.explorer, story)
    const doors = doorsFor(session.explorer)
    if (options.json === true) writeJson({ findings })
    else {
      for (const line of tellStory(story, doors)) writeLine(line)
      for (const finding of findings) {
        writeLine(`${paint('red', '✗')} ${tellFinding(finding, namesOf(doors))}`)
      }
      if (findings.length === 0) writeLine(`${paint('green', '✓')} This story goes well.`)
    }
    if (findings.length > 0) process.exitCode = exitCodes.no
  } finally {
    await session.close()
  }
}

const explore = async (options: ExploreOptions): Promise<void> => {
  const [{ openSession }, { run }, files, { writeReport }, { worldOf }] = await Promise.all([
    import('../../explorer/session.ts'),
    import('../../explorer/run.ts'),
    import('./files.ts'),
    import('../../explorer/report/write.ts'),
    import('../../explorer/world-of.ts'),
  ])
  const config = await files.loadConfig(options.config)
  const { seed, stories, out } = options
  const session = await openSession(config, await files.loadReference())
  const progress = showProgress(stories)
  try {
    const settings = { seed, stories, level: levelOf[options.level], most_findings: 12 }
    const { report, shortest } = await run(session.explorer, settings, progress.show)
    progress.end()
    const worlds: Snapshot[] = []
    for (const judged of shortest) worlds.push(await worldOf(session.explorer, judged))
    await writeReport(report, worlds, { folder: out, config: options.config })
    if (options.json === true) writeJson(report)
    else writeLine(reportText(report, out))
    process.exitCode = exitCodeOf(report)
  } finally {
    await session.close()
  }
}

const writeConfig = (file: string, { force }: { force?: boolean }): void => {
  if (existsSync(file) && force !== true) {
    throw new Error(`${file} exists already; --force writes over it.`)
  }
  writeFileSync(file, starterConfig)
  writeLine(`Wrote ${file}. Say in it how your app is reached, then:\n\n  seam-emulator explore`)
}

const init = (): Command =>
  new Command('init')
    .description('write an adapter, with comments')
    .argument('[file]', 'where to', DEFAULT_CONFIG)
    .option('--force', 'write over a file that is there')
    .action(writeConfig)

export const exploreCommand = (): Command =>
  new Command('explore')
    .description('find the stays in which your own app locks a guest out')
    .option('-c, --config <file>', 'the adapter: how your app is reached', DEFAULT_CONFIG)
    .option('--seed <text>', 'which stories; the same seed tells the same ones', 'first')
    .option('--stories <count>', 'how many', wholeNumber, 300)
    .addOption(
      new Option('--level <level>', '1: bookings and webhooks; 2: faults; 3: outages, DST, races')
        .choices(['1', '2', '3'])
        .default('2'),
    )
    .option('--out <folder>', 'where the report goes', 'explorer-report')
    .option('--replay <file>', 'play the story of one finding again')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
Every story is played with your app and, where a guest stood before a shut door, with a reference
integration as well: only what your app could have helped is reported.
Exit code 0: all well. 1: findings. 5: nothing found, but some trouble never happened.

Examples:
  seam-emulator explore init                        write explorer.config.js
  seam-emulator explore --level 1 --stories 100     begin with bookings and webhooks
  seam-emulator explore --replay explorer-report/finding-1.json
  seam-emulator explore verify explorer-report/report.json --part 10%`,
    )
    .action((options: ExploreOptions) =>
      options.replay === undefined ? explore(options) : replayOne(options.replay, options),
    )
    .addCommand(init())
    .addCommand(verifyCommand())
