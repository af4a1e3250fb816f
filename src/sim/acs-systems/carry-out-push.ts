/** Carries out the steps of whatever is pushed to a system's server: users, groups and credentials. */
import type { AcsPush } from '../../db/tables/acs-shapes.ts'
import type { JobKind } from '../../db/tables/jobs.ts'
import { cancelJob, scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { notedPush } from './push.ts'
import type { PushKind, PushStep } from './push.ts'

/** One thing that is pushed: where its push is kept, and what its steps do. */
interface Pushed {
  job: JobKind
  id: string
  /** What is wanted of the server, for a note of it. */
  kind: PushKind
  push: AcsPush | null
  put: (push: AcsPush | null) => void
  send: () => void
  answer: (push: AcsPush) => void
}

/** One step; whether there may be another one at this instant. */
export const takePushStep = (
  world: World,
  next: PushStep,
  { job, id, kind, push, put, send, answer }: Pushed,
): boolean => {
  switch (next.do) {
    case 'rest':
      cancelJob(world, job, id)
      return false
    case 'wait':
      scheduleJob(world, job, id, next.until)
      return false
    case 'note':
      put(notedPush(world, kind))
      return true
    case 'drop':
      put(null)
      return true
    case 'send':
      send()
      return true
    case 'answer':
      if (push !== null) answer(push)
      return true
    default:
      return next satisfies never
  }
}
