/** One access system, part by part. */
import { signal } from '@preact/signals'
import { systemsCopy as copy } from '../copy/systems.ts'
import { askAny } from '../live/client.ts'
import { useAnswer, useAsk } from '../live/use-ask.ts'
import { seq } from '../model/state.ts'
import { Pin } from '../ui/pin.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { Instant } from '../ui/time.tsx'
import { Door } from './door.tsx'
import { Encoder } from './encoder.tsx'
import { keysOf } from './keys.ts'
import { isSo, issuesOf, listOf, textOf } from './rows.ts'
import type { System } from './rows.ts'

const parts = ['doors', 'users', 'credentials', 'encoders', 'cards'] as const
const part = signal<(typeof parts)[number]>('doors')

const useList = (path: string, system: System) =>
  useAnswer(
    `${path} ${system.acs_system_id}`,
    (signal) => askAny(path, { acs_system_id: system.acs_system_id }, { signal }),
    [seq.value],
  ).answer

const Doors = ({ system }: { system: System }) => {
  const credentials = useList('/acs/credentials/list', system)
  const cards = useAsk('/_emulator/cards/list', {}, [seq.value]).answer?.cards ?? []
  const keys = keysOf(credentials, cards)
  return (
    <ul class="access-doors">
      {system.entrances.map((it) => (
        <Door key={it.acs_entrance_id} entrance={it} keys={keys} />
      ))}
    </ul>
  )
}

const Users = ({ system }: { system: System }) => {
  const rows = listOf(useList('/acs/users/list', system), 'acs_users')
  if (rows.length === 0) return <p class="quiet">{copy.nobody}</p>
  return (
    <ul class="access-doors">
      {rows.map((row) => (
        <li key={textOf(row, 'acs_user_id')}>
          {textOf(row, 'display_name')} <span class="quiet">{textOf(row, 'email_address')}</span>{' '}
          {isSo(row, 'is_suspended') && <span class="tone-amber">{copy.suspended}</span>}{' '}
          <span class="tone-red">{issuesOf(row)}</span>
        </li>
      ))}
    </ul>
  )
}

const Credentials = ({ system }: { system: System }) => {
  const rows = listOf(useList('/acs/credentials/list', system), 'acs_credentials')
  if (rows.length === 0) return <p class="quiet">{copy.noCredentials}</p>
  return (
    <ul class="access-doors">
      {rows.map((row) => {
        const ends_at = textOf(row, 'ends_at')
        return (
          <li key={textOf(row, 'acs_credential_id')}>
            {textOf(row, 'display_name')}{' '}
            <span class="quiet">
              {textOf(row, 'access_method')} {textOf(row, 'card_number')}
            </span>{' '}
            {textOf(row, 'code') !== null && <Pin code={textOf(row, 'code')} />}{' '}
            {ends_at !== null && (
              <span class="quiet">
                {copy.until} <Instant at={ends_at} />
              </span>
            )}{' '}
            <span class="tone-red">{issuesOf(row)}</span>
          </li>
        )
      })}
    </ul>
  )
}

const Encoders = ({ system }: { system: System }) => {
  const { answer } = useAsk('/_emulator/acs_systems/get', { acs_system_id: system.acs_system_id }, [
    seq.value,
  ])
  if (answer === null) return null
  const { encoders } = answer.acs_system
  if (encoders.length === 0) return <p class="quiet">{copy.noEncoders}</p>
  return (
    <ul class="access-doors">
      {encoders.map(({ acs_encoder_id }) => (
        <Encoder key={acs_encoder_id} acs_encoder_id={acs_encoder_id} />
      ))}
    </ul>
  )
}

const Cards = () => {
  const { answer } = useAsk('/_emulator/cards/list', {}, [seq.value])
  if (answer === null) return null
  if (answer.cards.length === 0) return <p class="quiet">{copy.noCards}</p>
  return (
    <ul class="access-doors">
      {answer.cards.map(({ card_number, contents, is_damaged }) => (
        <li key={card_number}>
          <code>{card_number}</code>{' '}
          {contents === null ? (
            <span class="quiet">{copy.blank}</span>
          ) : (
            <span class="quiet">
              {contents.ends_at !== null && (
                <>
                  {copy.until} <Instant at={contents.ends_at} />
                </>
              )}
            </span>
          )}{' '}
          {is_damaged && <span class="tone-red">{copy.damaged}</span>}
        </li>
      ))}
    </ul>
  )
}

const shown = {
  doors: Doors,
  users: Users,
  credentials: Credentials,
  encoders: Encoders,
  cards: Cards,
}

export const SystemDetail = ({ system }: { system: System }) => {
  const Part = shown[part.value]
  return (
    <article class="detail" data-system={system.acs_system_id}>
      <h2>{system.name}</h2>
      <div>
        <Tabs
          label={copy.parts}
          tabs={parts.map((id) => ({ id, label: copy[id] }))}
          chosen={part.value}
          onChoose={(id) => {
            part.value = parts.find((it) => it === id) ?? 'doors'
          }}
        >
          <div class="system-part">
            <Part system={system} />
          </div>
        </Tabs>
      </div>
    </article>
  )
}
