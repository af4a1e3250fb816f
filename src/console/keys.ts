/** Keys that act: every one of them can be looked up with `?`, and all can be switched off (WCAG 2.1.4). */
import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

export interface KeyBinding {
  /** As `KeyboardEvent.key` has it. */
  readonly key: string
  /** What it does, for the list. */
  readonly says: string
  readonly run: () => void
}

/** What acts now, the last one first. */
export const bindings = signal<readonly KeyBinding[]>([])

const STORED = 'seam-emulator-keys'
export const keysAct = signal(localStorage.getItem(STORED) !== 'off')
export const setKeysAct = (on: boolean): void => {
  localStorage.setItem(STORED, on ? 'on' : 'off')
  keysAct.value = on
}

/** Where somebody writes, keys are letters; where something has its own keys, those come first. */
const isTaken = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, select, textarea, dialog, [data-own-keys]') !== null)

/** Space and Enter press what has the focus. */
const isPress = ({ key, target }: KeyboardEvent): boolean =>
  (key === ' ' || key === 'Enter') &&
  target instanceof HTMLElement &&
  target.closest('a, button, summary') !== null

/** Once, by the start. */
export const watchKeys = (): void =>
  addEventListener('keydown', (event) => {
    const isCombined = event.ctrlKey || event.metaKey || event.altKey
    if (!keysAct.peek() || isCombined || event.defaultPrevented) return
    if (isTaken(event) || isPress(event)) return
    const found = bindings.peek().find(({ key }) => key === event.key)
    if (found === undefined) return
    event.preventDefault()
    found.run()
  })

/** Keys that act while the component is shown; the innermost comes first. */
export const useKeys = (keys: readonly KeyBinding[]): void => {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const mine = latest.current.map(({ key, says }, index) => ({
      key,
      says,
      run: () => latest.current[index]?.run(),
    }))
    bindings.value = [...mine, ...bindings.peek()]
    return () => {
      bindings.value = bindings.peek().filter((it) => !mine.includes(it))
    }
  }, [keys.map(({ key, says }) => `${key} ${says}`).join('\n')])
}
