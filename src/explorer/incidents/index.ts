/** The incidents, by number. Sources: the issues of these numbers in `seamapi/public-tracker` on GitHub. */
import { earlyIncidents } from './early.ts'
import type { Incident } from './incident.ts'
import { lateIncidents } from './late.ts'

const unsorted: Incident[] = [...earlyIncidents, ...lateIncidents]

export const incidents: readonly Incident[] = unsorted.toSorted((a, b) => a.number - b.number)

export const incidentOf = (number: number): Incident | undefined =>
  incidents.find((it) => it.number === number)
