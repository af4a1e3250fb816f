/** A grant with its ways in, its doors, and whether they open. */
import { useState } from 'preact/hooks'
import type { AnswerOf } from '../../contract/route.ts'
import { act } from '../acting/act.ts'
import { accessCopy as copy } from '../copy/access.ts'
import type { Routes } from '../live/routes.ts'
import { useAsk } from '../live/use-ask.ts'
import { clock, seq } from '../model/state.ts'
import { linkTo } from '../router.ts'
import { ActButton } from '../ui/button.tsx'
import { Pin } from '../ui/pin.tsx'
import { Sentence } from '../ui/sentence.tsx'

export type Explanation = AnswerOf<Routes['/_emulator/access_grants/explain']>['explanation']
type Door = Explanation['doors'][number]

const tones: Record<string, string> = {
  ready: 'green',
  partly_ready: 'amber',
  waiting: 'amber',
  leaving: 'amber',
  impossible: 'red',
  withdrawn: 'red',
  unmanaged: 'quiet',
}

export const State = ({ state }: { state: string }) => (
  <span class={`tone tone-${tones[state] ?? 'quiet'}`}>{copy.states[state] ?? state}</span>
)

/** Somebody stands there and types it: the door's own answer. */
const TypeIt = ({ door, code }: { door: Door; code: string }) => {
  const [said, setSaid] = useState<string | null>(null)
  return (
    <span class="acting">
      <ActButton
        act={async () => {
          const outcome = await act({
            path: '/_emulator/locks/enter_code',
            body: { device_id: door.device_id, code },
            says: copy.typeSays(code, door.name),
          })
          if (outcome.answer !== null) {
            const { opened, reason } = outcome.answer
            setSaid(opened ? copy.opens : copy.refused(reason ?? ''))
          }
          return outcome
        }}
      >
        {copy.type} <Pin code={code} />
      </ActButton>
      {said !== null && <strong role="status">{said}</strong>}
    </span>
  )
}

const DoorRow = ({ door }: { door: Door }) => (
  <li class="access-door" data-state={door.state}>
    <p>
      <a href={linkTo('door', door.device_id)}>{door.name}</a> <State state={door.state} />
    </p>
    <p>
      <Sentence text={door.sentence} />{' '}
      {door.access_code_id !== null && <a href={linkTo('code', door.access_code_id)}>{copy.why}</a>}
    </p>
    {door.help !== null && (
      <p class="said">
        <Sentence text={door.help} />
      </p>
    )}
    {door.code !== null && <TypeIt door={door} code={door.code} />}
  </li>
)

export const GrantBody = ({ of }: { of: Explanation }) => (
  <>
    <div class="summary">
      {of.summary.map((line) => (
        <p key={line}>
          <Sentence text={line} />
        </p>
      ))}
    </div>
    <section>
      <h3>{copy.methods}</h3>
      <ul class="access-doors">
        {of.access_methods.map((method) => (
          <li key={method.access_method_id}>
            {method.mode} <Pin code={method.code} />{' '}
            <span class={method.is_issued ? 'tone-green' : 'tone-amber'}>
              {method.is_issued ? copy.issued : copy.notIssued}
            </span>{' '}
            <span class="tone-red">{[...method.errors, ...method.warnings].join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
    <section>
      <h3>{copy.doors}</h3>
      <ul class="access-doors">
        {of.doors.map((door) => (
          <DoorRow key={`${door.device_id} ${door.access_method_id}`} door={door} />
        ))}
      </ul>
    </section>
  </>
)

export const GrantDetail = ({ access_grant_id }: { access_grant_id: string }) => {
  const { answer, error } = useAsk('/_emulator/access_grants/explain', { access_grant_id }, [
    seq.value,
    clock.value?.now,
  ])
  if (answer === null) return error === null ? null : <p class="empty">{error.message}</p>
  const { explanation } = answer
  return (
    <article class="detail" data-grant={access_grant_id}>
      <div class="detail-head">
        <h2>{explanation.name ?? access_grant_id}</h2>
        <State state={explanation.state} />
      </div>
      {explanation.reservation_key !== null && (
        <p>
          <a href={linkTo('access', explanation.reservation_key, { of: 'stays' })}>
            {explanation.reservation_key}
          </a>
        </p>
      )}
      <GrantBody of={explanation} />
    </article>
  )
}
