/** The steps of which incidents are made. */
import { DAY, HOUR } from '../story/story.ts'
import type { Step } from '../story/story.ts'
import { DOOR } from './incident.ts'

export const QUIET = '2025-02-11T08:00:00.000Z'

/** Ada's stay of two nights, booked so many minutes ahead. */
export const book = (ahead: number, more: Partial<Step> = {}): Step => {
  const from = Math.ceil((10 + ahead) / HOUR) * HOUR
  return {
    at: 10,
    does: 'book',
    stay: 'stay-1',
    guest: 'Ada',
    device_ids: [DOOR],
    from,
    to: from + 2 * DAY,
    ...more,
  }
}

/** Trouble at the door. */
export const at = (minute: number, does: string, more: Record<string, unknown> = {}): Step => ({
  at: minute,
  does,
  device_id: DOOR,
  ...more,
})
