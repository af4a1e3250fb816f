/** A button that leaps, and says before what will happen. */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { useSignal } from '@preact/signals'
import { clockCopy as copy } from '../copy/clock.ts'
import { at, leap } from '../model/state.ts'
import { Button } from '../ui/button.tsx'
import { instantText } from '../ui/time.tsx'
import { isOurs } from './leaps.ts'
import { aheadOf, previewText } from './preview.ts'

interface LeapButtonProps {
  /** Where it goes, ms; null where only the leap finds out. */
  to: number | null
  /** What is said of one that searches. */
  says: string
  press: () => void
  children: ComponentChildren
  isOff?: boolean
}

const textFor = (to: number | null, says: string, isAsked: boolean): string => {
  if (to === null) return says
  if (!isAsked) return copy.leap.saysTo(instantText(to, true))
  const told = aheadOf(to)
  const what = told === null ? copy.preview.asking : previewText(told)
  return copy.preview.to(instantText(to, true), what)
}

export const LeapButton = ({ to, says, press, children, isOff = false }: LeapButtonProps) => {
  const isAsked = useSignal(false)
  const id = useId()
  // A clock that runs would ask anew with each second.
  const target = useSignal<number | null>(to)
  const text = textFor(isAsked.value ? target.value : to, says, isAsked.value)
  const show = (): void => {
    target.value = to
    isAsked.value = true
  }
  const hide = (): void => {
    isAsked.value = false
  }
  return (
    <span class="leap" onPointerEnter={show} onPointerLeave={hide}>
      <Button
        aria-description={text}
        disabled={at.value !== null || leap.value !== null || isOurs.value || isOff}
        onFocus={show}
        onBlur={hide}
        onClick={press}
      >
        {children}
      </Button>
      {isAsked.value && (
        <span class="leap-tip" role="tooltip" id={id}>
          {text}
        </span>
      )}
    </span>
  )
}
