/** The app's side of a story: it is told of bookings, and waited for until it has done what it does. */
import type { World } from '../../sim/kernel/world.ts'
import { AppProblem } from '../integration.ts'
import type { Play, Untold } from './playing.ts'
import type { RaceKind, Stage } from './stage.ts'

/** Whether such a race is on now. */
const isOn = (stage: Stage, kind: RaceKind): boolean =>
  stage.races.some((race) => race.kind === kind && race.until > stage.now())

/** Whether some lock has a command for a code under way. */
export const isProgramming = (world: World): boolean =>
  world.access_codes
    .all()
    .some(({ is_managed, effort }) => is_managed && (effort?.in_flight ?? null) !== null)

/** Whether something waits to be told while a lock is being programmed. */
export const waitsForProgramming = ({ stage, untold }: Play): boolean =>
  isOn(stage, 'change_while_programming') && untold.some(({ verb }) => verb !== 'book')

/** What the host's system keeps to itself for now. */
const isHeld = (stage: Stage, { verb }: Untold): boolean =>
  isOn(stage, 'changes_together') ||
  (verb !== 'book' && isOn(stage, 'change_while_programming') && !stage.look(isProgramming))

/** Tells the app; answers whether it has taken it. While webhooks are let through, they come meanwhile. */
const tellOne = async ({ stage, integration }: Play, one: Untold): Promise<boolean> => {
  const { attention } = stage
  const heard = attention.messages
  attention.stir()
  attention.hearsMeanwhile = isOn(stage, 'webhooks_meet_changes')
  try {
    await integration[one.verb](one.booking)
    return true
  } catch (error) {
    if (error instanceof AppProblem) throw error
    stage.reached.add('verb_refused')
    return false
  } finally {
    attention.hearsMeanwhile = false
    if (attention.messages > heard) stage.reached.add('webhooks_meet_changes')
  }
}

/** One after the other: what follows a refusal of the same stay waits with it. */
const tellInOrder = async (play: Play, all: readonly Untold[]): Promise<Untold[]> => {
  const refused: Untold[] = []
  for (const one of all) {
    const waits = refused.some(({ stay }) => stay === one.stay)
    if (waits || !(await tellOne(play, one))) refused.push(one)
  }
  return refused
}

/** All at once. Where one is refused, all of its stay are told again, in order. */
const tellTogether = async (play: Play, all: readonly Untold[]): Promise<Untold[]> => {
  play.stage.reached.add('changes_together')
  const taken = await Promise.all(all.map((one) => tellOne(play, one)))
  const refused = new Set(all.filter((_one, n) => taken[n] === false).map(({ stay }) => stay))
  return all.filter(({ stay }) => refused.has(stay))
}

/** Tells the app what it has not taken yet. What it refuses is told again at the next instant. */
export const tell = async (play: Play): Promise<void> => {
  const { stage } = play
  const ready = play.untold.filter((one) => !isHeld(stage, one))
  const held = play.untold.filter((one) => !ready.includes(one))
  play.untold = []
  if (ready.some(({ verb }) => verb !== 'book') && isOn(stage, 'change_while_programming')) {
    stage.reached.add('change_while_programming')
  }
  const comesTogether = stage.races.some(
    ({ kind, until }) => kind === 'changes_together' && until <= stage.now(),
  )
  const isRace = comesTogether && ready.length > 1
  const refused = await (isRace ? tellTogether(play, ready) : tellInOrder(play, ready))
  stage.races = stage.races.filter(({ until }) => until > stage.now())
  play.untold.push(...refused, ...held)
}

/** Lets the app finish what it does after it has answered. */
export const settle = async ({ stage }: Play): Promise<void> =>
  stage.emulator.services.deliverDue(stage.workspace_id)
