/** An encoder as it stands on its desk. */
import { act } from '../acting/act.ts'
import { systemsCopy as copy } from '../copy/systems.ts'
import { useAsk } from '../live/use-ask.ts'
import { seq } from '../model/state.ts'
import { ActButton } from '../ui/button.tsx'

export const Encoder = ({ acs_encoder_id }: { acs_encoder_id: string }) => {
  const { answer } = useAsk('/_emulator/encoders/get', { acs_encoder_id }, [seq.value])
  if (answer === null) return null
  const { display_name: name, online, card, queue } = answer.encoder
  const body = { acs_encoder_id }
  return (
    <li class="access-door" data-encoder={acs_encoder_id}>
      <p>
        <strong>{name}</strong>{' '}
        <span class={online ? 'quiet' : 'tone-red'}>
          {online ? copy.connected : copy.notConnected}
        </span>{' '}
        {card === null ? (
          <span class="quiet">{copy.empty}</span>
        ) : (
          <>
            {copy.onIt}: <code>{card.card_number}</code>
          </>
        )}{' '}
        {queue.length > 0 && <span class="tone-amber">{copy.waiting(queue.length)}</span>}
      </p>
      <div class="detail-acts">
        {card === null ? (
          <ActButton
            act={() =>
              act({ path: '/_emulator/encoders/place_card', body, says: copy.placeSays(name) })
            }
          >
            {copy.placeCard}
          </ActButton>
        ) : (
          <ActButton
            act={() =>
              act({ path: '/_emulator/encoders/remove_card', body, says: copy.removeSays(name) })
            }
          >
            {copy.removeCard}
          </ActButton>
        )}
        <ActButton
          act={() =>
            act({
              path: '/_emulator/encoders/set_online',
              body: { ...body, online: !online },
              says: online ? copy.pullSays(name) : copy.plugSays(name),
            })
          }
        >
          {online ? copy.pull : copy.plug}
        </ActButton>
      </div>
    </li>
  )
}
