/** What is broken on purpose, and what could be. */
import { useState } from 'preact/hooks'
import { act } from '../acting/act.ts'
import { faultsCopy as copy } from '../copy/faults.ts'
import { fromField } from '../model/local-time.ts'
import { isOver, neverFired, palette } from '../model/palette.ts'
import type { Trouble } from '../model/palette.ts'
import { at, world } from '../model/state.ts'
import { address } from '../router.ts'
import { ActButton } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { FaultTag } from './active.tsx'
import { strike } from './aim.tsx'
import { armed } from './armed.ts'
import { Catalog } from './catalog.tsx'

interface Written {
  times: string
  until: string
}

const arm = (trouble: Trouble, { times, until }: Written): void => {
  const given = Number.parseInt(times, 10)
  const limits = {
    times: Number.isNaN(given) ? (trouble.times ?? null) : given,
    until: fromField(until),
  }
  armed.value = { trouble, limits }
}

const Where = () => {
  const asked = address.value.query.get('device_id') ?? ''
  const [chosenId, setChosenId] = useState(asked)
  const [refused, setRefused] = useState<string | null>(null)
  const locks = world.value?.locks ?? []
  const it = armed.value
  // Only what the lock has can run empty.
  const fitting =
    it?.trouble.fault === null ? locks.filter(({ battery }) => battery !== null) : locks
  const lock = fitting.find(({ device_id }) => device_id === chosenId) ?? fitting[0]
  return (
    <div class="where">
      <label class="field">
        <span>{copy.aim.door}</span>
        <select
          class="input"
          value={lock?.device_id ?? ''}
          onChange={({ currentTarget }) => setChosenId(currentTarget.value)}
        >
          {fitting.map(({ device_id, name }) => (
            <option key={device_id} value={device_id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="button"
        disabled={it === null || lock === undefined || at.value !== null}
        onClick={() => {
          if (lock !== undefined) void strike({ kind: 'door', lock }).then(setRefused)
        }}
      >
        {copy.aim.here}
      </button>
      {it === null && <span class="quiet">{copy.aim.chooseFirst}</span>}
      {refused !== null && (
        <span class="refusal" role="alert">
          {refused}
        </span>
      )}
    </div>
  )
}

const Palette = () => {
  const [written, setWritten] = useState<Written>({ times: '', until: '' })
  const choose = (trouble: Trouble): void => arm(trouble, written)
  const limit = (change: Partial<Written>): void => {
    const next = { ...written, ...change }
    setWritten(next)
    const it = armed.peek()
    if (it !== null) arm(it.trouble, next)
  }
  return (
    <section class="faults-part" aria-label={copy.palette}>
      <h2>{copy.palette}</h2>
      {palette.map(({ title, troubles }) => (
        <div key={title} class="palette-row" role="group" aria-label={title}>
          <span class="palette-title quiet">{title}</span>
          {troubles.map((trouble) => (
            <button
              key={trouble.id}
              type="button"
              class="button"
              aria-pressed={armed.value?.trouble.id === trouble.id}
              disabled={at.value !== null}
              onClick={() => choose(trouble)}
            >
              {trouble.name}
            </button>
          ))}
        </div>
      ))}
      <details class="palette-more">
        <summary>{copy.more}</summary>
        <Catalog onChoose={choose} />
      </details>
      <div class="limits">
        <Field
          label={copy.times}
          hint={copy.timesHint}
          type="number"
          min="1"
          value={written.times}
          onValue={(times) => limit({ times })}
        />
        <Field
          label={copy.until}
          type="datetime-local"
          value={written.until}
          onValue={(until) => limit({ until })}
        />
        <Where />
      </div>
    </section>
  )
}

const Active = () => {
  const faults = world.value?.faults ?? []
  const live = faults.filter((it) => !isOver(it))
  const never = neverFired(faults)
  const over = faults.filter((it) => isOver(it) && !never.includes(it))
  return (
    <section class="faults-part" aria-label={copy.active.heading}>
      <div class="faults-head">
        <h2>{copy.active.heading}</h2>
        {faults.length > 0 && (
          <ActButton
            disabled={at.value !== null}
            act={() => act({ path: '/_emulator/faults/clear', body: {}, says: copy.active.endAll })}
          >
            {copy.active.endAll}
          </ActButton>
        )}
      </div>
      {live.length === 0 && <p class="quiet">{copy.active.none}</p>}
      <ul class="fault-list">
        {live.map((fault) => (
          <FaultTag key={fault.fault_id} fault={fault} withTarget />
        ))}
      </ul>
      {over.length > 0 && (
        <>
          <h3>{copy.active.over}</h3>
          <ul class="fault-list">
            {over.map((fault) => (
              <FaultTag key={fault.fault_id} fault={fault} withTarget />
            ))}
          </ul>
        </>
      )}
      {never.length > 0 && (
        <div class="never-fired">
          <h3>{copy.never.heading}</h3>
          <p class="quiet">{copy.never.say}</p>
          <ul class="fault-list" data-never>
            {never.map((fault) => (
              <FaultTag key={fault.fault_id} fault={fault} withTarget />
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

export const FaultsPlace = () => (
  <article class="faults-place">
    <Palette />
    <Active />
  </article>
)
