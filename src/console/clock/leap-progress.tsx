/** A leap that is under way: how far it is, for whom it waits, and Stop. */
import { clockCopy as copy } from '../copy/clock.ts'
import { StopIcon } from './icons.tsx'
import { spanText } from '../model/span.ts'
import { leap } from '../model/state.ts'
import { Button } from '../ui/button.tsx'
import { instantText } from '../ui/time.tsx'
import { isOurs, stopLeap } from './leaps.ts'

export const LeapProgress = () => {
  const it = leap.value
  if (it === null) return null
  const [from, to, now] = [it.from, it.to, it.now].map((instant) => Date.parse(instant))
  if (from === undefined || to === undefined || now === undefined) return null
  const part = to > from ? (now - from) / (to - from) : 1
  const waits = it.waiting_for
  return (
    <div class="leaping" role="group" aria-label={copy.leaping.label}>
      <progress value={part} max={1} aria-label={copy.leaping.to(instantText(to))} />
      <span class="leaping-to">
        {copy.leaping.to(instantText(to))}
        {' · '}
        {copy.leaping.jobs(it.jobs)}
      </span>
      <Button onClick={() => void stopLeap()}>
        <StopIcon size={12} />
        {copy.leaping.stop}
      </Button>
      {waits !== null && (
        <span
          class="leaping-waits"
          role="status"
          title={copy.leaping.waits(waits.url, spanText(waits.since))}
        >
          {copy.leaping.waits(waits.url, spanText(waits.since))}
        </span>
      )}
      {!isOurs.value && (
        <span class="quiet" title={copy.leaping.other}>
          {copy.leaping.other}
        </span>
      )}
    </div>
  )
}
