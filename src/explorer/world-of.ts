/** The world of a finding at the moment that matters: when the first guest stands before the shut door. */
import type { Snapshot } from '../db/snapshot-format.ts'
import type { Explorer, Judged } from './explore.ts'
import { play } from './play/play.ts'

const A_MINUTE = 60_000

/** When it first goes wrong in the way that is reported, ms; the story's end where no door is involved. */
const momentOf = ({ app, findings: [finding] }: Judged): number => {
  const times = app.doors.flatMap((one) =>
    finding?.kind === 'stayed_on' ? one.stayed_on : one.shut,
  )
  return Math.min(app.ends_at, ...times.map(({ from }) => from))
}

/** @throws AppProblem */
export const worldOf = async (explorer: Explorer, judged: Judged): Promise<Snapshot> => {
  const { settings, app } = explorer
  await play(settings, app, judged.story, momentOf(judged) + A_MINUTE)
  const { workspaces } = app.emulator.services
  // How long answers took is the machine's, and would be another one in each run.
  app.emulator.universe.write(app.workspace_id, (world) =>
    world.webhook_attempts.updateWhere([], { duration: 0 }),
  )
  return workspaces.copy(app.workspace_id)
}
