import { useSignal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import { appCopy } from '../copy/app.ts'
import { SearchIcon } from '../icons.tsx'
import { useKeys } from '../keys.ts'
import { search } from '../model/search.ts'
import type { Found } from '../model/search.ts'
import { chosen, world } from '../model/state.ts'
import { go } from '../router.ts'
import { Sentence } from '../ui/sentence.tsx'

const copy = appCopy.search

const open = ({ place, id, query, device_id, access_code_id }: Found): void => {
  if (device_id !== null) chosen.value = { device_id, access_code_id }
  go(place, id, query)
}

interface ListProps {
  id: string
  found: readonly Found[]
  at: number
  onOpen: (it: Found) => void
}

const Results = ({ id, found, at, onOpen }: ListProps) => (
  <div class="search-list" id={id} role="listbox" aria-label={copy.label}>
    {found.map((it, index) => (
      // The field keeps the focus: its arrow keys go through these.
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
      <div
        key={`${it.kind} ${it.id ?? it.label}`}
        id={`${id}-${index}`}
        role="option"
        tabIndex={-1}
        aria-selected={index === at}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onOpen(it)}
      >
        <span>
          <Sentence text={it.label} />
        </span>
        <span class="quiet">{it.kind}</span>
      </div>
    ))}
  </div>
)

/** What is typed, what it finds, and the keys that go through it. */
const useSearch = () => {
  const text = useSignal('')
  const at = useSignal(0)
  const input = useRef<HTMLInputElement>(null)
  useKeys([{ key: '/', says: copy.key, run: () => input.current?.focus() }])
  const found = world.value === null ? [] : search(world.value, text.value)
  const clear = (): void => {
    text.value = ''
    at.value = 0
  }
  const onOpen = (it: Found): void => {
    clear()
    input.current?.blur()
    open(it)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const chosenOne = found[at.value]
    if (by !== undefined && found.length > 0) {
      event.preventDefault()
      at.value = (at.value + by + found.length) % found.length
    } else if (event.key === 'Enter' && chosenOne !== undefined) onOpen(chosenOne)
    else if (event.key === 'Escape') {
      clear()
      input.current?.blur()
    }
  }
  return { text, at, input, found, clear, onOpen, onKeyDown }
}

/** Finds by name, PIN and id, and goes there. */
export const Search = () => {
  const { text, at, input, found, clear, onOpen, onKeyDown } = useSearch()
  const list = useId()
  const isOpen = text.value.trim() !== ''
  return (
    <div class="search">
      <SearchIcon size={14} />
      <input
        ref={input}
        class="search-input"
        type="text"
        role="combobox"
        aria-label={copy.label}
        aria-expanded={isOpen && found.length > 0}
        aria-controls={list}
        aria-activedescendant={isOpen && found.length > 0 ? `${list}-${at.value}` : undefined}
        placeholder={copy.placeholder}
        autocomplete="off"
        spellcheck={false}
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value
          at.value = 0
        }}
        onKeyDown={onKeyDown}
        onBlur={clear}
      />
      {isOpen && found.length > 0 && (
        <Results id={list} found={found} at={at.value} onOpen={onOpen} />
      )}
      {isOpen && found.length === 0 && (
        <p class="search-list search-none" role="status">
          {copy.none}
        </p>
      )}
    </div>
  )
}
