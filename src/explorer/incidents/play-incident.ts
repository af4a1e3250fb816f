/** Plays an incident twice: with the app that is hit by it, and with the reference integration. */
import type { MakeApp } from '../adapters/functions.ts'
import { readConfig } from '../config.ts'
import { judgeAll } from '../explore.ts'
import type { Judged } from '../explore.ts'
import { openSession } from '../session.ts'
import type { Door } from '../play/stage.ts'
import { doorsFor } from '../explore.ts'
import { storyOf } from './story-of.ts'
import type { Incident } from './incident.ts'
import { incidentWorld } from './world.ts'

export interface PlayedIncident {
  judged: Judged
  doors: Door[]
}

/** @throws AppProblem */
export const playIncident = async (
  incident: Incident,
  app: MakeApp,
  reference: MakeApp,
): Promise<PlayedIncident> => {
  const config = readConfig({ app, port: 0, fixture: incidentWorld(incident) }, 'the incident')
  const session = await openSession(config, reference)
  try {
    const doors = doorsFor(session.explorer)
    const [door] = doors
    if (door === undefined) throw new Error(`A ${incident.model} lock has no door to play at`)
    return { judged: await judgeAll(session.explorer, storyOf(incident, door)), doors }
  } finally {
    await session.close()
  }
}
