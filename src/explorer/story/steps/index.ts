/** Every kind of trouble that a story can have, by its name. */
import type { Step } from '../story.ts'
import type { Level, Trouble } from './kind.ts'
import { linkTroubles } from './links.ts'
import { lockTroubles } from './locks.ts'
import { peopleTroubles } from './people.ts'
import { powerTroubles } from './power.ts'
import { raceTroubles } from './races.ts'
import { trafficTroubles } from './traffic.ts'

export const troubles: Readonly<Record<string, Trouble>> = {
  ...powerTroubles,
  ...linkTroubles,
  ...lockTroubles,
  ...peopleTroubles,
  ...trafficTroubles,
  ...raceTroubles,
}

/** @throws RangeError for a step that is none */
export const troubleOf = ({ does }: Step): Trouble => {
  const found = Object.hasOwn(troubles, does) ? troubles[does] : undefined
  if (found !== undefined) return found
  throw new RangeError(
    `There is no step "${does}". Known: ${['book', 'move', 'change_guest', 'change_doors', 'cancel', ...Object.keys(troubles)].join(', ')}`,
  )
}

/** From which level of stories on a step comes; what the host does comes in all of them. */
export const levelOf = ({ does }: Step): Level =>
  (Object.hasOwn(troubles, does) ? troubles[does]?.level : undefined) ?? 1
