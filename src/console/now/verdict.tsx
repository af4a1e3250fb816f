/** One line that says who is locked out, who still gets in, and what else differs; and on demand, which. */
import { useSignal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { nowCopy } from '../copy/now.ts'
import { CheckIcon, ChevronIcon, DiffersIcon, InsideIcon, OutsideIcon } from '../icons.tsx'
import { spanText } from '../model/span.ts'
import { at, shownAt } from '../model/state.ts'
import type { Disagreement, WorldModel } from '../model/types.ts'
import { shownWorld } from '../timeline/shown-world.ts'
import { Sentence } from '../ui/sentence.tsx'
import { chooseDisagreement } from './disagreements.ts'

const copy = nowCopy.verdict

const kinds = ['locked_out', 'overstay', 'other'] as const
type Headline = (typeof kinds)[number]

const icons = { locked_out: OutsideIcon, overstay: InsideIcon, other: DiffersIcon }
const texts = { locked_out: copy.lockedOut, overstay: copy.overstay, other: copy.other }
const textOf = (kind: Headline, count: number): string =>
  kind === 'locked_out' && at.value !== null ? copy.lockedOutThen(count) : texts[kind](count)

/** What the past is known for: doors say who was locked out and who got in, and no more. */
const told = (): readonly Headline[] =>
  at.value === null ? kinds : kinds.filter((kind) => kind !== 'other')

const headlineOf = ({ kind }: Disagreement): Headline | null => {
  if (kind === 'locked_out' || kind === 'overstay') return kind
  return kind === 'stored' ? null : 'other'
}

const of = ({ disagreements }: WorldModel, kind: Headline): Disagreement[] =>
  disagreements.filter((it) => headlineOf(it) === kind)

const worst = (troubles: readonly Disagreement[]): string =>
  spanText((shownAt.value ?? 0) - Math.min(...troubles.map(({ since }) => Date.parse(since))))

/** Announced when the numbers changed, and not more often than this, ms. */
const QUIET_FOR = 5_000

/** For who does not see the line: its numbers, when they change. */
const Announced = ({ text }: { text: string }) => {
  const [said, setSaid] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), QUIET_FOR)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <p class="hidden-but-read" aria-live="polite">
      {said}
    </p>
  )
}

/** More than these are told as a number. */
const SHOWN = 30

const Sentences = ({ troubles, name }: { troubles: readonly Disagreement[]; name: string }) => (
  <ol class="verdict-list" aria-label={name}>
    {troubles.slice(0, SHOWN).map((it) => (
      <li key={`${it.kind} ${it.device_id} ${it.access_code_id ?? it.code ?? ''}`}>
        <button type="button" class="verdict-sentence" onClick={() => chooseDisagreement(it)}>
          <Sentence text={it.sentence} />
          {it.waits_for !== null && (
            <span class="quiet">
              {' '}
              <Sentence text={it.waits_for.sentence} />
            </span>
          )}
        </button>
      </li>
    ))}
    {troubles.length > SHOWN && <li class="quiet">{copy.more(troubles.length - SHOWN)}</li>}
  </ol>
)

const Agree = () => (
  <p class="verdict-agree">
    <CheckIcon /> <strong>{at.value === null ? copy.agree : copy.agreed}</strong>{' '}
    {at.value === null && <span class="quiet">{copy.tryThis}</span>}
  </p>
)

export const Verdict = () => {
  const opened = useSignal<Headline | null>(null)
  const it = shownWorld.value
  if (it === null) return null
  const counts = it.counts
  const total = counts.locked_out + counts.overstay + counts.other
  const open = opened.value !== null && counts[opened.value] > 0 ? opened.value : null
  return (
    <section class="verdict" aria-label={copy.label} data-total={total}>
      {total === 0 ? (
        <Agree />
      ) : (
        <div class="verdict-line">
          {told().map((kind) => {
            const Icon = icons[kind]
            const count = counts[kind]
            const text = textOf(kind, count)
            return (
              <button
                key={kind}
                type="button"
                class="verdict-count"
                data-kind={kind}
                data-count={count}
                disabled={count === 0}
                aria-expanded={open === kind}
                onClick={() => {
                  opened.value = open === kind ? null : kind
                }}
              >
                <Icon />
                <strong>{count}</strong> {text}
                {kind === 'locked_out' && count > 0 && (
                  <span class="verdict-worst">{copy.worst(worst(of(it, kind)))}</span>
                )}
                {count > 0 && <ChevronIcon size={12} />}
              </button>
            )
          })}
        </div>
      )}
      {open !== null && <Sentences troubles={of(it, open)} name={texts[open](counts[open])} />}
      <Announced
        text={kinds.map((kind) => `${counts[kind]} ${texts[kind](counts[kind])}`).join(', ')}
      />
    </section>
  )
}
