import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Outcome } from '../acting/act.ts'

interface ButtonProps extends Omit<ButtonHTMLAttributes, 'class'> {
  /** `plain`: without a border; `main`: the one thing to do here. */
  look?: 'plain' | 'main'
  disabled?: boolean
  children?: ComponentChildren
}

/** A button that does something at once. One without text needs an `aria-label`. */
export const Button = ({ look, children, ...rest }: ButtonProps) => (
  <button type="button" class={look === undefined ? 'button' : `button button-${look}`} {...rest}>
    {children}
  </button>
)

interface ActButtonProps extends Omit<ButtonProps, 'onClick'> {
  /** What it does: `() => act({ path, body, says })`. */
  act: () => Promise<Outcome>
  /** After it was done. */
  onDone?: (answer: object) => void
}

/** A button that asks the emulator to do something, and shows beside it what the emulator refused. */
export const ActButton = ({ act, onDone, disabled, ...rest }: ActButtonProps) => {
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const press = async (): Promise<void> => {
    setBusy(true)
    const outcome = await act()
    setBusy(false)
    setRefused(outcome.refused)
    if (outcome.answer !== null) onDone?.(outcome.answer)
  }
  return (
    <span class="acting">
      <Button
        {...rest}
        disabled={disabled === true}
        aria-busy={isBusy}
        onClick={() => {
          if (!isBusy) void press()
        }}
      />
      {refused !== null && (
        <span class="refusal" role="alert">
          {refused}
        </span>
      )}
    </span>
  )
}
