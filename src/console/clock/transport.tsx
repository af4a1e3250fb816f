/** The clock in the header: what time it is, how fast it runs, and leaps. */
import { useEffect } from 'preact/hooks'
import { clockCopy as copy } from '../copy/clock.ts'
import { PauseIcon, PlayIcon } from '../icons.tsx'
import { useKeys } from '../keys.ts'
import { isRunning } from '../model/clock.ts'
import type { ClockFace } from '../model/clock.ts'
import { at, clock, leap, now, shownAt } from '../model/state.ts'
import { Button } from '../ui/button.tsx'
import { Instant } from '../ui/time.tsx'
import { keepAgenda, nextOf } from './agenda-list.ts'
import { LeapButton } from './leap-button.tsx'
import { LeapMenu } from './leap-menu.tsx'
import { LeapProgress } from './leap-progress.tsx'
import { freeze, freezeOrRun, leapBy, leapToNext, refused, run } from './leaps.ts'

const rates = [1, 60, 3_600] as const

const Rates = ({ face }: { face: ClockFace }) => {
  const runs = isRunning(face)
  const isOff = at.value !== null || leap.value !== null
  return (
    <span class="rates" role="group" aria-label={copy.rates}>
      <Button
        aria-label={copy.freeze}
        title={copy.freeze}
        aria-pressed={!runs}
        disabled={isOff}
        onClick={() => void freeze()}
      >
        <PauseIcon />
      </Button>
      {rates.map((rate) => (
        <Button
          key={rate}
          aria-label={rate === 1 ? copy.run : copy.runAt(rate)}
          title={rate === 1 ? copy.run : copy.runAt(rate)}
          aria-pressed={runs && face.rate === rate}
          disabled={isOff}
          onClick={() => void run(rate)}
        >
          {rate === 1 ? <PlayIcon /> : `×${rate}`}
        </Button>
      ))}
    </span>
  )
}

const HOUR = 3_600_000
const steps = [
  { by: '1h', words: '1 h', ms: HOUR },
  { by: '24h', words: '1 d', ms: 24 * HOUR },
] as const

const Leaps = () => {
  const present = now.value ?? 0
  const checkIn = nextOf('check_in')
  return (
    <span class="leaps" role="group" aria-label={copy.leap.label}>
      <LeapButton
        to={null}
        says={copy.leap.search(copy.leap.event)}
        press={() => void leapToNext('event')}
      >
        {copy.leap.event}
      </LeapButton>
      <LeapButton
        to={checkIn}
        says={copy.leap.search(copy.leap.check_in)}
        press={() => void leapToNext('check_in')}
      >
        {copy.leap.check_in}
      </LeapButton>
      {steps.map(({ by, words, ms }) => (
        <LeapButton
          key={by}
          to={Math.floor(present / 1_000) * 1_000 + ms}
          says={copy.leap.saysBy(words)}
          press={() => void leapBy(by)}
        >
          {copy.leap.by(words)}
        </LeapButton>
      ))}
      <LeapMenu />
    </span>
  )
}

export const Transport = () => {
  useEffect(keepAgenda, [])
  useKeys([
    { key: ' ', says: copy.keys.freezeOrRun, run: () => void freezeOrRun() },
    { key: '.', says: copy.keys.event, run: () => void leapToNext('event') },
    { key: 'c', says: copy.keys.checkIn, run: () => void leapToNext('check_in') },
  ])
  const face = clock.value
  if (face === null || shownAt.value === null) return null
  return (
    <div class="transport" role="group" aria-label={copy.label} data-mode={face.mode}>
      <strong class="clock-face" data-past={at.value !== null}>
        <Instant at={shownAt.value} dated />
      </strong>
      <Rates face={face} />
      {leap.value === null ? <Leaps /> : <LeapProgress />}
      {refused.value !== null && (
        <span class="refusal" role="alert">
          {refused.value}
        </span>
      )}
    </div>
  )
}
