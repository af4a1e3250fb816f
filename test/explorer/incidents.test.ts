/** Every incident can be played: its trouble happens, and the reference fares no worse than the app. */
import { describe, expect, test } from 'vitest'
import { incidents } from '../../src/explorer/incidents/index.ts'
import { playIncident } from '../../src/explorer/incidents/play-incident.ts'
import { minutesOf } from '../../src/explorer/judge/judge.ts'
import type { Verdict } from '../../src/explorer/judge/judge.ts'
import { appOf } from './sample-apps.ts'

const lost = ({ doors }: Verdict): number =>
  doors.reduce((sum, { shut, stayed_on }) => sum + minutesOf(shut) + minutesOf(stayed_on), 0)

describe('incidents', () => {
  test.each(incidents)('$number: $title', async (incident) => {
    const { judged } = await playIncident(
      incident,
      await appOf(`bugs/${incident.app}`),
      await appOf('reference-integration'),
    )
    const { app, reference } = judged
    if (reference === null) throw new Error('The reference did not play')
    expect(app.reached).toEqual(expect.arrayContaining(['book']))
    const troubles = incident.steps.map(({ does }) => does).filter((does) => does !== 'book')
    for (const trouble of troubles) {
      expect([...app.reached, ...reference.reached], trouble).toContain(trouble)
    }
    expect(lost(reference)).toBeLessThanOrEqual(lost(app) + 1)
  })
})
