/** Why a code is as it is: declared, what the API says, what the lock holds, and how it came so. */
import { useEffect, useState } from 'preact/hooks'
import type { Explanation } from '../../contract/access-codes.ts'
import { actAny } from '../acting/act.ts'
import { codeCopy as copy } from '../copy/code.ts'
import { BackIcon } from '../door/icons.tsx'
import { askAny } from '../live/client.ts'
import { useAsk } from '../live/use-ask.ts'
import { at, chosen, seq, traffic, world } from '../model/state.ts'
import { address, linkTo } from '../router.ts'
import { ActButton } from '../ui/button.tsx'
import { Pin } from '../ui/pin.tsx'
import { Sentence } from '../ui/sentence.tsx'
import { Instant } from '../ui/time.tsx'
import { rowsOf } from './compare.ts'
import type { Row, Shown } from './compare.ts'
import { Calls, Events, Failures, Life, Messages } from './traces.tsx'

/** The code as Seam's own route shows it, managed or not. */
const readShown = async (access_code_id: string, isManaged: boolean): Promise<Shown | null> => {
  const path = isManaged ? '/access_codes/get' : '/access_codes/unmanaged/get'
  const answer = await askAny(path, { access_code_id }).catch(() => null)
  const code = answer?.['access_code']
  return typeof code === 'object' ? code : null
}

/** Asked again when anything of the code changed: not after each call, of which this is one itself. */
const useShown = (explanation: Explanation | null): Shown | null => {
  const [shown, setShown] = useState<Shown | null>(null)
  const { access_code_id = null, status, declared, on_lock, last_attempt } = explanation ?? {}
  useEffect(() => {
    let isWanted = true
    const read = async (): Promise<void> => {
      const isThere = access_code_id !== null && status !== 'deleted'
      const it = isThere ? await readShown(access_code_id, declared?.is_managed !== false) : null
      if (isWanted) setShown(it)
    }
    void read()
    return () => {
      isWanted = false
    }
  }, [JSON.stringify([access_code_id, status, declared, on_lock, last_attempt])])
  return shown
}

const Cell = ({ field, value }: { field: Row['field']; value: string | null }) => {
  if (value === null) return <span class="quiet">–</span>
  if (field === 'code') return <Pin code={value} />
  return field === 'name' ? <span class="name">{value}</span> : <Instant at={value} />
}

const stateOf = ({ declared }: Explanation): string => {
  if (declared === null) return copy.gone
  return declared.deletion_requested_at === null ? copy.wanted : copy.deleted
}

const Compare = ({ explanation, api }: { explanation: Explanation; api: Shown | null }) => (
  <table class="compare">
    <thead>
      <tr>
        <th scope="col">
          <span class="hidden-but-read">{copy.field}</span>
        </th>
        <th scope="col">{copy.declared}</th>
        <th scope="col">{copy.api}</th>
        <th scope="col">{copy.lock}</th>
      </tr>
    </thead>
    <tbody>
      {rowsOf(explanation, api).map(({ field, declared, api: said, lock, differs }) => (
        <tr key={field} data-differs={differs}>
          <th scope="row">{copy.rows[field]}</th>
          <td>
            <Cell field={field} value={declared} />
          </td>
          <td>
            <Cell field={field} value={said} />
          </td>
          <td>
            <Cell field={field} value={lock} />
            {differs && <span class="differs"> {copy.differs}</span>}
          </td>
        </tr>
      ))}
      <tr>
        <th scope="row">{copy.rows.state}</th>
        <td>{stateOf(explanation)}</td>
        <td>
          <code>{explanation.status}</code>
        </td>
        <td>{explanation.on_lock === null ? copy.notHeld : copy.held(explanation.on_lock.slot)}</td>
      </tr>
    </tbody>
  </table>
)

const Attempt = ({
  explanation: { last_attempt, waits_for, faults },
}: {
  explanation: Explanation
}) => (
  <section class="code-part" aria-label={copy.attempt}>
    <h2>{copy.attempt}</h2>
    {last_attempt === null ? (
      <p class="quiet">{copy.noAttempt}</p>
    ) : (
      <p>
        {copy.tried(last_attempt.kind, last_attempt.attempts)}, {copy.since}{' '}
        <Instant at={last_attempt.since} exact />
        {last_attempt.answer_at !== null && (
          <>
            , {copy.answerAt} <Instant at={last_attempt.answer_at} exact />
          </>
        )}
        {last_attempt.retry_at !== null && (
          <>
            , {copy.retryAt} <Instant at={last_attempt.retry_at} exact />
          </>
        )}
        {last_attempt.error !== null && <span class="refusal"> {last_attempt.error}</span>}
      </p>
    )}
    {waits_for !== null && (
      <p class="quiet">
        {copy.waits} {waits_for.reason.replaceAll('_', ' ')}
        {waits_for.until !== null && (
          <>
            {' '}
            (<Instant at={waits_for.until} exact />)
          </>
        )}
      </p>
    )}
    {faults.length > 0 && (
      <p>
        {copy.faults}:{' '}
        {faults
          .map(({ name, on, effect, hits }) => `${name ?? `${on} ${effect.kind}`} (${hits})`)
          .join(', ')}
      </p>
    )}
  </section>
)

const Head = ({ explanation, api }: { explanation: Explanation; api: Shown | null }) => {
  const { access_code_id, declared, timeline, status } = explanation
  const name = declared?.name ?? timeline?.name ?? api?.name ?? access_code_id
  const device_id = timeline?.device_id ?? null
  const lock = world.value?.locks.find((it) => it.device_id === device_id)
  return (
    <div class="door-head">
      <a class="back" href={lock === undefined ? linkTo('') : linkTo('door', device_id)}>
        <BackIcon size={14} /> {lock?.name ?? copy.back}
      </a>
      <h1 class="door-title">{name}</h1>
      {declared?.is_managed === true && status !== 'removing' && (
        <ActButton
          disabled={at.value !== null}
          act={() =>
            actAny({
              path: '/access_codes/delete',
              body: { access_code_id },
              says: copy.deleteSays(name),
            })
          }
        >
          {copy.delete}
        </ActButton>
      )}
    </div>
  )
}

export const CodePlace = () => {
  const { id } = address.value
  useEffect(() => {
    if (id !== null) chosen.value = { ...chosen.peek(), access_code_id: id }
  }, [id])
  const { answer, error } = useAsk(
    '/_emulator/access_codes/explain',
    id === null
      ? null
      : { access_code_id: id, with: ['timeline', 'events', 'requests', 'deliveries'] },
    [seq.value, traffic.value],
  )
  const explanation =
    answer?.explanation.access_code_id === id ? (answer?.explanation ?? null) : null
  const api = useShown(explanation)
  if (explanation === null) {
    return <p class="empty">{error === null && id !== null ? '' : (error?.message ?? copy.none)}</p>
  }
  return (
    <article class="code-place" data-code={id} data-status={explanation.status}>
      <Head explanation={explanation} api={api} />
      <div class="code-parts">
        <section class="code-part code-why" aria-label={copy.why}>
          <h2>{copy.why}</h2>
          <ul>
            {explanation.summary.map((sentence) => (
              <li key={sentence}>
                <Sentence text={sentence} />
              </li>
            ))}
          </ul>
        </section>
        <Compare explanation={explanation} api={api} />
        <Attempt explanation={explanation} />
        <Failures access_code_id={explanation.access_code_id} />
        <Life timeline={explanation.timeline ?? null} />
        <Events events={explanation.events ?? []} />
        <Calls requests={explanation.requests ?? []} />
        <Messages deliveries={explanation.deliveries ?? []} />
      </div>
    </article>
  )
}
