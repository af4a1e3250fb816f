/** A door of an access system: somebody types a PIN, or holds a card to it. */
import { useState } from 'preact/hooks'
import { act } from '../acting/act.ts'
import { systemsCopy as copy } from '../copy/systems.ts'
import { useAsk } from '../live/use-ask.ts'
import { seq } from '../model/state.ts'
import { ActButton } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import type { Key } from './keys.ts'
import type { System } from './rows.ts'

type Entrance = System['entrances'][number]

interface PresentProps {
  entrance: Entrance
  keys: readonly Key[]
}

const Present = ({ entrance, keys }: PresentProps) => {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const { acs_entrance_id, name } = entrance
  const key = keys.find(({ id }) => id === chosen) ?? keys[0]
  const present = async (what: Key['body']) => {
    const outcome = await act({
      path: '/_emulator/acs_systems/present',
      body: { acs_entrance_id, ...what },
      says: copy.present(name),
    })
    if (outcome.answer !== null) {
      const { opened, reason } = outcome.answer
      setSaid(opened ? copy.opens : copy.refused(reason ?? ''))
    }
    return outcome
  }
  return (
    <div class="fields">
      {key !== undefined && (
        <>
          <label class="field">
            <span>{copy.hold}</span>
            <select
              class="input"
              value={key.id}
              onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            >
              {keys.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <ActButton act={() => present(key.body)}>{copy.presentKey}</ActButton>
        </>
      )}
      <Field label={copy.code} value={text} onValue={setText} />
      <ActButton disabled={text === ''} act={() => present({ code: text })}>
        {copy.typeCode}
      </ActButton>
      <ActButton disabled={text === ''} act={() => present({ card_number: text })}>
        {copy.showCard}
      </ActButton>
      {said !== null && <strong role="status">{said}</strong>}
    </div>
  )
}

export const Door = ({ entrance, keys }: PresentProps) => {
  const { acs_entrance_id, name } = entrance
  const { answer } = useAsk('/_emulator/entrances/get', { acs_entrance_id }, [seq.value])
  if (answer === null) return null
  const { online, is_wired, in_privacy_mode } = answer.entrance
  return (
    <li class="access-door" data-entrance={acs_entrance_id}>
      <div class="section-head">
        <strong>{name}</strong>
        {is_wired && !online && <span class="tone-red">{copy.cut}</span>}
        {in_privacy_mode && <span class="tone-amber">{copy.privacy}</span>}
        <span class="detail-acts push">
          {is_wired && (
            <ActButton
              act={() =>
                act({
                  path: '/_emulator/entrances/set_online',
                  body: { acs_entrance_id, online: !online },
                  says: copy.setOnline(name, !online),
                })
              }
            >
              {online ? copy.cutLine : copy.mendLine}
            </ActButton>
          )}
          <ActButton
            act={() =>
              act({
                path: '/_emulator/entrances/set_privacy_mode',
                body: { acs_entrance_id, enabled: !in_privacy_mode },
                says: copy.setPrivacy(name, !in_privacy_mode),
              })
            }
          >
            {in_privacy_mode ? copy.privacyOff : copy.privacyOn}
          </ActButton>
        </span>
      </div>
      <Present entrance={entrance} keys={keys} />
    </li>
  )
}
