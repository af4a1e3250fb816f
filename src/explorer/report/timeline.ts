/** What the doors said in a story, as data for its picture. */
import { toIso } from '../../sim/kernel/instant.ts'
import type { Interval } from '../../sim/kernel/intervals.ts'
import type { Judged } from '../explore.ts'
import type { DoorVerdict } from '../judge/judge.ts'
import type { Door } from '../play/stage.ts'
import { instantOf } from '../story/story.ts'
import type { DoorTimeline, Span, Timeline } from './report.ts'
import { namesOf } from './sentences.ts'

const span = ({ from, to }: Interval): Span => ({ from: toIso(from), to: toIso(to) })

export const timelineOf = ({ story, app, reference }: Judged, doors: readonly Door[]): Timeline => {
  const { door } = namesOf(doors)
  const ofDoor = (one: DoorVerdict): DoorTimeline => ({
    stay: one.stay,
    guest: one.guest,
    door: door(one.device_id),
    planned: one.planned.map(span),
    open: one.open.map(span),
    shut: one.shut.map(span),
    stayed_on: one.stayed_on.map(span),
  })
  return {
    from: story.begins_at,
    to: toIso(app.ends_at),
    steps: story.steps.map(({ at, does }) => ({ at: toIso(instantOf(story, at)), does })),
    app: app.doors.map(ofDoor),
    reference: (reference?.doors ?? []).map(ofDoor),
  }
}
