import { Command, InvalidArgumentError } from 'commander'
import { paint } from '../log/paint.ts'
import type { DoorVerdict } from '../explorer/judge/judge.ts'
import { notFound } from './failure.ts'
import { table, writeJson, writeLine } from './output.ts'

interface IncidentOptions {
  config?: string
  json?: boolean
}

const number = (text: string): number => {
  const value = Number(text.replace(/^#/, ''))
  if (Number.isInteger(value) && value > 0) return value
  throw new InvalidArgumentError('Give the number of an incident, such as 51.')
}

const list = async (options: IncidentOptions): Promise<void> => {
  const { incidents } = await import('../explorer/incidents/index.ts')
  if (options.json === true) {
    const shown = incidents.map(({ number: n, title, reported, model, advice }) => ({
      number: n,
      title,
      reported,
      model,
      advice,
    }))
    writeJson({ incidents: shown })
    return
  }
  writeLine(
    table(
      ['number', 'lock', 'what happened'],
      incidents.map((it) => [String(it.number), it.model, it.title]),
    ),
  )
  writeLine('\nPlay one: seam-emulator incident play 51')
}

const load = async (wanted: number) => {
  const { incidentOf } = await import('../explorer/incidents/index.ts')
  const incident = incidentOf(wanted)
  if (incident !== undefined) return incident
  throw notFound(`There is no incident ${wanted}. seam-emulator incident list names them.`)
}

const atDoors = (
  verdicts: readonly DoorVerdict[],
  minutes: (one: DoorVerdict) => [number, number],
) =>
  verdicts
    .map((one) => {
      const [shut, over] = minutes(one)
      const said = [
        ...(shut > 0 ? [`${one.guest} stands before a shut door for ${shut} min`] : []),
        ...(over > 0 ? [`${one.guest} can still get in for ${over} min after the stay`] : []),
      ]
      return said.length > 0 ? said.join(', ') : `${one.guest} gets in, and nobody else`
    })
    .join('; ')

const play = async (wanted: number, options: IncidentOptions): Promise<void> => {
  const incident = await load(wanted)
  const [{ playIncident }, { loadApp, loadReference, sampleApp }, { tellStory }, { minutesOf }] =
    await Promise.all([
      import('../explorer/incidents/play-incident.ts'),
      import('./explore/files.ts'),
      import('../explorer/report/sentences.ts'),
      import('../explorer/judge/judge.ts'),
    ])
  const app =
    options.config === undefined ? await sampleApp(incident.app) : await loadApp(options.config)
  const { judged, doors } = await playIncident(incident, app, await loadReference())
  const minutes = (one: DoorVerdict): [number, number] => [
    Math.round(minutesOf(one.shut)),
    Math.round(minutesOf(one.stayed_on)),
  ]
  const reference = judged.reference?.doors ?? []
  if (options.json === true) {
    writeJson({
      number: incident.number,
      app: judged.app.doors,
      reference,
      findings: judged.findings,
    })
    return
  }
  writeLine(`${paint('bold', incident.title)} (seamapi/public-tracker ${incident.number})`)
  writeLine(incident.reported)
  writeLine()
  for (const line of tellStory(judged.story, doors)) writeLine(`  ${line}`)
  writeLine()
  const who =
    options.config === undefined ? `An app that does not mind it (${incident.app})` : 'Your app'
  writeLine(`${paint('red', who)}: ${atDoors(judged.app.doors, minutes)}.`)
  writeLine(`${paint('green', 'The reference integration')}: ${atDoors(reference, minutes)}.`)
  writeLine(`${paint('bold', 'What a good integration does')}: ${incident.advice}`)
}

export const incidentCommand = (): Command =>
  new Command('incident')
    .description('failures that were reported in public, as stories to play')
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator incident list
  seam-emulator incident play 51
  seam-emulator incident play 51 --config my-app.js     with your own app, a module`,
    )
    .addCommand(
      new Command('list')
        .description('all of them')
        .option('--json', 'print JSON for programs')
        .action(list),
    )
    .addCommand(
      new Command('play')
        .description('what happened at the door, and what a good integration does')
        .argument('<number>', 'its number in the public tracker', number)
        .option('-c, --config <file>', 'your app, as a module; a sample app when not given')
        .option('--json', 'print JSON for programs')
        .action(play),
    )
