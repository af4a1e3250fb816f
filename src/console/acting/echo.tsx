/** What was done last, as a command, a curl line and a line of the library: the page teaches the API. */
import { signal } from '@preact/signals'
import type { Target } from '../../as-code/action.ts'
import { commandLine } from '../../as-code/command-line.ts'
import { curlLine } from '../../as-code/curl-line.ts'
import { libraryLine } from '../../as-code/library-line.ts'
import { echoCopy as copy } from '../copy/record.ts'
import { CloseIcon } from '../icons.tsx'
import { apiKey } from '../live/key.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from './copy-button.tsx'
import { done } from './act.ts'
import type { Done } from './act.ts'

const dialects = ['command', 'curl', 'library'] as const
type Dialect = (typeof dialects)[number]

const STORED = 'seam-emulator-dialect'
const kept = localStorage.getItem(STORED)
const dialect = signal<Dialect>(dialects.find((it) => it === kept) ?? 'command')
const dismissed = signal(0)

const choose = (it: Dialect): void => {
  localStorage.setItem(STORED, it)
  dialect.value = it
}

const lineOf = ({ path, body }: Done, as: Dialect): string => {
  const target: Target = { endpoint: location.origin, apiKey: apiKey.peek() ?? '' }
  const action = { path, body: { ...body } }
  if (as === 'curl') return curlLine(action, target)
  return as === 'library' ? libraryLine(action) : commandLine(action, target)
}

const Dialects = () => (
  <div class="echo-dialects" role="group" aria-label={copy.as}>
    {dialects.map((it) => (
      <button
        key={it}
        type="button"
        class="echo-dialect"
        aria-pressed={dialect.value === it}
        onClick={() => choose(it)}
      >
        {copy[it]}
      </button>
    ))}
  </div>
)

/** One line at the foot of the page, from the first thing on that was done. */
export const Echo = () => {
  const last = done.value.at(-1)
  if (last === undefined || last.number <= dismissed.value) return null
  const line = lineOf(last, dialect.value)
  return (
    <footer class="echo" aria-label={copy.label} data-did={last.number}>
      <span class="echo-says" data-refused={last.refused !== null}>
        {last.says}
        {last.refused !== null && ` – ${copy.refused}`}
      </span>
      <Dialects />
      <code class="echo-line" title={line}>
        {line}
      </code>
      <CopyButton text={line} label={copy.copy} done={copy.copied} />
      <Button
        look="plain"
        aria-label={copy.dismiss}
        onClick={() => {
          dismissed.value = last.number
        }}
      >
        <CloseIcon size={14} />
      </Button>
    </footer>
  )
}
