/** What comes next, the soonest first. */
import { clockCopy as copy } from '../copy/clock.ts'
import { chosen, now } from '../model/state.ts'
import { spanText } from '../model/span.ts'
import { Instant, instantText } from '../ui/time.tsx'
import { moments } from './agenda-list.ts'
import { LeapButton } from './leap-button.tsx'
import { leapTo } from './leaps.ts'
import { LeapIcon } from './icons.tsx'

const SHOWN = 30

export const Agenda = () => {
  const present = now.value ?? 0
  const list = moments.value.slice(0, SHOWN)
  if (list.length === 0) return <p class="empty">{copy.agenda.none}</p>
  return (
    <ol class="agenda" aria-label={copy.agenda.label}>
      {list.map(({ at, kind, sentence, device_id, access_code_id }, index) => (
        <li key={`${at} ${kind} ${access_code_id ?? device_id} ${index}`} data-kind={kind}>
          <LeapButton
            to={Date.parse(at)}
            says={copy.agenda.leap(instantText(Date.parse(at), true))}
            press={() => void leapTo(Date.parse(at))}
          >
            <LeapIcon size={12} />
            <span class="hidden-but-read">
              {copy.agenda.leap(instantText(Date.parse(at), true))}
            </span>
          </LeapButton>
          <span class="agenda-at">
            <Instant at={at} />
          </span>
          <span class="quiet agenda-in">{copy.agenda.in(spanText(Date.parse(at) - present))}</span>
          <span class="agenda-kind">{copy.agenda.kinds[kind]}</span>
          {device_id === null ? (
            <span class="agenda-sentence">{sentence}</span>
          ) : (
            <button
              type="button"
              class="agenda-sentence agenda-choose"
              onClick={() => {
                chosen.value = { device_id, access_code_id }
              }}
            >
              {sentence}
            </button>
          )}
        </li>
      ))}
    </ol>
  )
}
