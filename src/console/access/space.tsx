/** A space: its doors, and the grants over it. */
import { accessCopy as copy } from '../copy/access.ts'
import { useAsk } from '../live/use-ask.ts'
import { clock, seq } from '../model/state.ts'
import { linkTo } from '../router.ts'
import { Sentence } from '../ui/sentence.tsx'
import { State } from './grant.tsx'

export const SpaceDetail = ({ space_id }: { space_id: string }) => {
  const { answer, error } = useAsk('/_emulator/spaces/explain', { space_id }, [
    seq.value,
    clock.value?.now,
  ])
  if (answer === null) return error === null ? null : <p class="empty">{error.message}</p>
  const { name, summary, devices, access_grants } = answer.explanation
  return (
    <article class="detail" data-space={space_id}>
      <h2>{name}</h2>
      <div class="summary">
        {summary.map((line) => (
          <p key={line}>
            <Sentence text={line} />
          </p>
        ))}
      </div>
      <section>
        <h3>{copy.devices}</h3>
        <ul class="access-doors">
          {devices.map((device) => (
            <li key={device.device_id}>
              <a href={linkTo('door', device.device_id)}>{device.name}</a>{' '}
              <span class={device.online ? 'tone-green' : 'tone-red'}>
                {device.online ? copy.online : (device.offline_cause ?? copy.offline)}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{copy.grants}</h3>
        <ul class="access-doors">
          {access_grants.map((grant) => (
            <li key={grant.access_grant_id}>
              <a href={linkTo('access', grant.access_grant_id, { of: 'grants' })}>
                {grant.name ?? grant.access_grant_id}
              </a>{' '}
              <State state={grant.state} />
              <p>
                <Sentence text={grant.headline} />
              </p>
            </li>
          ))}
        </ul>
      </section>
    </article>
  )
}
