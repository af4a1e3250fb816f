import type { Door } from '../play/stage.ts'
import { inOrder } from '../story/story.ts'
import type { Story } from '../story/story.ts'
import { stepsAt } from './incident.ts'
import type { Incident } from './incident.ts'

/** The story of an incident at a door. */
export const storyOf = (incident: Incident, door: Door): Story => ({
  seed: `incident ${incident.number}`,
  begins_at: incident.begins_at,
  steps: inOrder(
    stepsAt(incident, door.device_id).map((step) =>
      'connected_account_id' in step
        ? { ...step, connected_account_id: door.connected_account_id }
        : step,
    ),
  ),
})
