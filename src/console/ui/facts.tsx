import type { ComponentChildren } from 'preact'
import { hidesPins } from '../model/state.ts'

/** What is known of a thing: names beside values. */
export const Facts = ({ children }: { children: ComponentChildren }) => (
  <dl class="facts">{children}</dl>
)

/** One of them; nothing where there is nothing to be said. */
export const Fact = ({ name, children }: { name: string; children: ComponentChildren }) =>
  children === null || children === undefined || children === false || children === '' ? null : (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )

/** Runs of digits within quotes that may be PINs. */
const PIN = /"\d{4,8}"/g

const covered = (text: string): string =>
  hidesPins.value ? text.replaceAll(PIN, (pin) => `"${'•'.repeat(pin.length - 2)}"`) : text

/** A value as people read JSON; text that is none as it is. */
export const Json = ({ value, label }: { value: unknown; label: string }) => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')
  return (
    <pre class="json" role="region" aria-label={label}>
      {covered(text)}
    </pre>
  )
}
