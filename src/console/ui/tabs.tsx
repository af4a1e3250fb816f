import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

export interface TabChoice {
  readonly id: string
  readonly label: ComponentChildren
}

interface TabsProps {
  /** What they choose between, for screen readers. */
  label: string
  tabs: readonly TabChoice[]
  chosen: string
  onChoose: (id: string) => void
  /** What the chosen one shows. */
  children: ComponentChildren
}

/** Tabs with the arrow keys of all tabs. */
export const Tabs = ({ label, tabs, chosen, onChoose, children }: TabsProps) => {
  const base = useId()
  const step = (event: KeyboardEvent & { currentTarget: HTMLElement }): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    const at = tabs.findIndex(({ id }) => id === chosen)
    const next = tabs[(at + by + tabs.length) % tabs.length]
    if (next === undefined) return
    onChoose(next.id)
    event.currentTarget.parentElement
      ?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)
      ?.focus()
  }
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label}>
        {tabs.map(({ id, label: text }) => (
          <button
            key={id}
            type="button"
            class="tab"
            role="tab"
            id={`${base}-${id}`}
            data-tab={id}
            aria-selected={id === chosen}
            aria-controls={`${base}-panel`}
            tabIndex={id === chosen ? 0 : -1}
            data-own-keys
            onKeyDown={step}
            onClick={() => onChoose(id)}
          >
            {text}
          </button>
        ))}
      </div>
      <div
        id={`${base}-panel`}
        class="tab-panel"
        role="tabpanel"
        aria-labelledby={`${base}-${chosen}`}
      >
        {children}
      </div>
    </>
  )
}
