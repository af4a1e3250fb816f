/** The clock in the header. */
import { act } from '../acting/act.ts'
import { clockCopy } from '../copy/clock.ts'
import { PauseIcon, PlayIcon } from '../icons.tsx'
import { isRunning } from '../model/clock.ts'
import { at, clock, now } from '../model/state.ts'
import { ActButton } from '../ui/button.tsx'
import { Instant } from '../ui/time.tsx'

export const Transport = () => {
  const face = clock.value
  if (face === null || now.value === null) return null
  const runs = isRunning(face)
  return (
    <div class="transport">
      <strong class="clock-face">
        <Instant at={now.value} exact />
      </strong>
      <ActButton
        aria-label={runs ? clockCopy.freeze : clockCopy.run}
        disabled={at.value !== null}
        act={() =>
          runs
            ? act({ path: '/_emulator/clock/freeze', body: {}, says: clockCopy.freeze })
            : act({ path: '/_emulator/clock/resume', body: {}, says: clockCopy.run })
        }
      >
        {runs ? <PauseIcon /> : <PlayIcon />}
      </ActButton>
    </div>
  )
}
