/** The leaps that are needed less often, and one to whatever is typed. */
import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { clockCopy as copy } from '../copy/clock.ts'
import { at, leap, now } from '../model/state.ts'
import { Button } from '../ui/button.tsx'
import { nextOf } from './agenda-list.ts'
import { LeapButton } from './leap-button.tsx'
import { leapTo, leapToNext } from './leaps.ts'
import { aheadOf, previewText } from './preview.ts'
import { instantTyped } from './typed.ts'
import { instantText } from '../ui/time.tsx'

const Said = ({ typed }: { typed: string }) => {
  const present = now.value
  if (typed.trim() === '' || present === null) return null
  const to = instantTyped(typed, present)
  if (to === null) return <p class="quiet">{copy.leap.wrong}</p>
  if (to < present) return <p>{copy.past.looking(instantText(to, true))}</p>
  const told = aheadOf(to)
  return (
    <p>
      {copy.preview.to(
        instantText(to, true),
        told === null ? copy.preview.asking : previewText(told),
      )}
    </p>
  )
}

const Typed = ({ close }: { close: () => void }) => {
  const typed = useSignal('')
  const submit = (event: Event): void => {
    event.preventDefault()
    const present = now.peek()
    const to = present === null ? null : instantTyped(typed.peek(), present)
    if (to === null || present === null) return
    // Time runs forwards only: what is past can be looked at.
    if (to < present) at.value = to
    else void leapTo(to)
    typed.value = ''
    close()
  }
  return (
    <form class="leap-typed" onSubmit={submit}>
      <label class="field">
        <span>{copy.leap.field}</span>
        <input
          class="input"
          placeholder={copy.leap.example}
          value={typed.value}
          onInput={({ currentTarget }) => {
            typed.value = currentTarget.value
          }}
        />
      </label>
      <Button type="submit" look="main">
        {copy.leap.go}
      </Button>
      <Said typed={typed.value} />
    </form>
  )
}

export const LeapMenu = () => {
  const id = useId()
  const close = (): void => document.querySelector<HTMLElement>(`[id="${id}"]`)?.hidePopover()
  const next = (kind: 'check_out' | 'disagreement' | 'delivery') => (
    <LeapButton
      to={kind === 'check_out' ? nextOf('check_out') : null}
      says={copy.leap.search(copy.leap[kind])}
      press={() => {
        close()
        void leapToNext(kind)
      }}
    >
      {copy.leap[kind]}
    </LeapButton>
  )
  return (
    <span class="leap-menu">
      <Button popovertarget={id} disabled={leap.value !== null}>
        {copy.leap.more}
      </Button>
      <div id={id} popover="auto" class="leap-popover" role="dialog" aria-label={copy.leap.label}>
        <div class="leap-row">
          {next('check_out')}
          {next('disagreement')}
          {next('delivery')}
        </div>
        <Typed close={close} />
      </div>
    </span>
  )
}
