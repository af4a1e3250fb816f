/** What the integration does wrong, and what to do about it. */
import { signal } from '@preact/signals'
import { act } from '../acting/act.ts'
import { doctorCopy as copy } from '../copy/doctor.ts'
import { CheckIcon, CloseIcon, QuestionIcon, WarningIcon } from '../icons.tsx'
import { useAsk } from '../live/use-ask.ts'
import { traffic } from '../model/state.ts'
import { FirstCalls } from '../now/first-calls.tsx'
import type { AnswerOf } from '../../contract/route.ts'
import type { Routes } from '../live/routes.ts'
import { ActButton } from '../ui/button.tsx'
import { Sentence } from '../ui/sentence.tsx'

type Examined = AnswerOf<Routes['/_emulator/doctor']>
type Finding = Examined['findings'][number]

/** It looks at every event: not more often than this, ms. */
const APART = 1_000

const order = ['wrong', 'warning', 'unknown', 'good'] as const

const icons = { wrong: CloseIcon, warning: WarningIcon, unknown: QuestionIcon, good: CheckIcon }
const tones = { wrong: 'red', warning: 'amber', unknown: 'quiet', good: 'green' }

/** What was found when the webhooks were tried, and at which call that was. */
const probed = signal<{ findings: readonly Finding[]; calls: number } | null>(null)

const Row = ({ finding: { verdict, check, text, advice } }: { finding: Finding }) => {
  const Icon = icons[verdict]
  return (
    <li class="finding" data-verdict={verdict} data-check={check}>
      <span class={`tone tone-${tones[verdict]}`}>
        <Icon />
        {copy.verdicts[verdict]}
      </span>
      <div>
        <p>
          <Sentence text={text} />
        </p>
        {advice !== undefined && <p class="said">{advice}</p>}
      </div>
      <code class="quiet">{check}</code>
    </li>
  )
}

const Head = ({ findings, calls, deliveries }: Examined) => {
  const count = (verdict: Finding['verdict']) =>
    findings.filter((it) => it.verdict === verdict).length
  const [wrong, warning] = [count('wrong'), count('warning')]
  return (
    <div class="page-head">
      <h1>{copy.title}</h1>
      {wrong > 0 && <strong class="tone-red">{copy.wrong(wrong)}</strong>}
      {warning > 0 && <strong class="tone-amber">{copy.warning(warning)}</strong>}
      {wrong + warning === 0 && calls > 0 && <strong class="tone-green">{copy.well}</strong>}
      <span class="quiet">{copy.seen(calls, deliveries)}</span>
      <span class="push">
        <ActButton
          title={copy.probeMore}
          disabled={calls === 0}
          act={async () => {
            const outcome = await act({
              path: '/_emulator/doctor',
              body: { probe: true },
              says: copy.probeSays,
            })
            if (outcome.answer !== null) probed.value = outcome.answer
            return outcome
          }}
        >
          {copy.probe}
        </ActButton>
      </span>
    </div>
  )
}

/** What only trying shows comes from the last time it was tried. */
const withProbes = (found: Examined): Examined => {
  const known = new Set(found.findings.map(({ check }) => check))
  const more = probed.value?.findings.filter(({ check }) => !known.has(check)) ?? []
  return { ...found, findings: [...found.findings, ...more] }
}

export const Doctor = () => {
  const { answer } = useAsk('/_emulator/doctor', {}, [traffic.value], APART)
  if (answer === null) return null
  const found = withProbes(answer)
  const sorted = found.findings.toSorted(
    (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict),
  )
  return (
    <div class="page">
      <Head {...found} />
      <div class="page-body page-narrow">
        {found.calls === 0 ? (
          <>
            <p class="empty">{copy.noCalls}</p>
            <FirstCalls />
          </>
        ) : (
          <ul class="findings" aria-label={copy.list}>
            {sorted.map((finding) => (
              <Row key={`${finding.check} ${finding.text}`} finding={finding} />
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
