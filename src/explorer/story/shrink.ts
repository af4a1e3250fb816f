/** Makes a story that goes wrong as short and as plain as it can be while it still goes wrong in the same way. */
import type { Finding } from '../judge/findings.ts'
import { DAY, HOUR, inOrder } from './story.ts'
import type { Step, Story } from './story.ts'

/** Whether a story still goes wrong in the way that is sought. */
export type GoesWrong = (story: Story) => Promise<boolean>

export const isSameFinding = (a: Pick<Finding, 'kind'>, b: Pick<Finding, 'kind'>): boolean =>
  a.kind === b.kind

const without = (story: Story, from: number, many: number): Story => ({
  ...story,
  steps: story.steps.toSpliced(from, many),
})

/** Leaves out steps, first many at once, then one by one, as long as that helps. */
const dropSteps = async (story: Story, goesWrong: GoesWrong): Promise<Story> => {
  let shortest = story
  for (let many = Math.ceil(story.steps.length / 2); many >= 1; many = Math.floor(many / 2)) {
    for (let from = 0; from < shortest.steps.length;) {
      const shorter = without(shortest, from, many)
      if (shorter.steps.length > 0 && (await goesWrong(shorter))) shortest = shorter
      else from += many
    }
  }
  return shortest
}

const replaced = (story: Story, at: number, one: Step): Story => ({
  ...story,
  steps: inOrder(story.steps.with(at, one)),
})

const rounded = (minute: number, unit: number): number => Math.round(minute / unit) * unit

/** Nobody books for the past. */
const isInOrder = ({ at, from }: Step): boolean => typeof from !== 'number' || from >= at

/** The same step, said more plainly: fewer doors, fewer times, round times. The plainest comes first. */
const plainer = (one: Step): Step[] => {
  const { device_ids, times } = one
  const ideas: Step[] = []
  if (Array.isArray(device_ids) && device_ids.length > 1) {
    ideas.push(...device_ids.map((id: unknown) => ({ ...one, device_ids: [id] })))
  }
  if (typeof times === 'number' && times > 1) ideas.push({ ...one, times: 1 })
  for (const unit of [DAY, HOUR, 1]) {
    const times = ['at', 'from', 'to'].flatMap((name) => {
      const minute = one[name]
      return typeof minute === 'number' && rounded(minute, unit) !== minute
        ? [[name, rounded(minute, unit)] as const]
        : []
    })
    const idea: Step = { ...one, ...Object.fromEntries(times) }
    if (times.length > 0 && isInOrder(idea)) ideas.push(idea)
  }
  return ideas
}

const simplifySteps = async (story: Story, goesWrong: GoesWrong): Promise<Story> => {
  let plainest = story
  for (let at = 0; at < plainest.steps.length; at++) {
    const one = plainest.steps[at]
    if (one === undefined) break
    for (const idea of plainer(one)) {
      const tried = replaced(plainest, at, idea)
      if (!(await goesWrong(tried))) continue
      plainest = tried
      break
    }
  }
  return plainest
}

/** The shortest story found that goes wrong as this one does. */
export const shrink = async (story: Story, goesWrong: GoesWrong): Promise<Story> => {
  const shortest = await dropSteps(story, goesWrong)
  const plain = await simplifySteps(shortest, goesWrong)
  return plain.steps.length < story.steps.length ? dropSteps(plain, goesWrong) : plain
}
