/** A stay: what was pushed, what the automations did, and how far its access has come. */
import { accessCopy as copy } from '../copy/access.ts'
import { useAsk } from '../live/use-ask.ts'
import { clock, seq } from '../model/state.ts'
import { linkTo } from '../router.ts'
import { Sentence } from '../ui/sentence.tsx'
import { Instant } from '../ui/time.tsx'
import { GrantBody, State } from './grant.tsx'

export const StayDetail = ({ stay_key }: { stay_key: string }) => {
  const { answer, error } = useAsk('/_emulator/stays/explain', { stay_key }, [
    seq.value,
    clock.value?.now,
  ])
  if (answer === null) return error === null ? null : <p class="empty">{error.message}</p>
  const { summary, runs, access_grants } = answer.explanation
  return (
    <article class="detail" data-stay={stay_key}>
      <h2>{stay_key}</h2>
      <div class="summary">
        {summary.map((line) => (
          <p key={line}>
            <Sentence text={line} />
          </p>
        ))}
      </div>
      {runs.length > 0 && (
        <section>
          <h3>{copy.runs}</h3>
          <ol class="access-doors">
            {runs.map((run) => (
              <li key={run.automation_run_id}>
                <Instant at={run.created_at} exact />{' '}
                <span class={run.success ? 'tone-green' : 'tone-red'}>{run.rule}</span>{' '}
                {run.message ?? run.error}
              </li>
            ))}
          </ol>
        </section>
      )}
      {access_grants.map((grant) => (
        <section key={grant.access_grant_id} class="detail-part">
          <div class="detail-head">
            <h2>
              <a href={linkTo('access', grant.access_grant_id, { of: 'grants' })}>
                {grant.name ?? grant.access_grant_id}
              </a>
            </h2>
            <State state={grant.state} />
          </div>
          <GrantBody of={grant} />
        </section>
      ))}
    </article>
  )
}
