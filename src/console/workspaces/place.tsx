/** Which worlds there are, and the one that we are in: its checkpoints, export, import, reset. */
import { signal } from '@preact/signals'
import { useState } from 'preact/hooks'
import { workspacesCopy as copy } from '../copy/workspaces.ts'
import { apiKey, openKey } from '../live/key.ts'
import { useAsk } from '../live/use-ask.ts'
import type { AnswerOf } from '../../contract/route.ts'
import type { Routes } from '../live/routes.ts'
import { Button } from '../ui/button.tsx'
import { Instant } from '../ui/time.tsx'
import { TableRoom } from '../ui/table-room.tsx'
import { Checkpoints } from './checkpoints.tsx'
import { Create } from './create.tsx'
import { Current } from './current.tsx'

type Workspace = AnswerOf<Routes['/_emulator/workspaces/list']>['workspaces'][number]

const search = signal('')

const Row = ({ it }: { it: Workspace }) => {
  const isHere = it.api_key === apiKey.value
  const { mode, now, rate } = it.clock
  return (
    <tr data-workspace={it.workspace_id}>
      <th scope="row">{it.name}</th>
      <td class="mono">{it.api_key}</td>
      <td>{it.fixture}</td>
      <td>
        <Instant at={now} />{' '}
        <span class="quiet">{mode === 'frozen' ? copy.frozen : copy.running(rate)}</span>
      </td>
      <td>{it.last_used_at === null ? copy.never : <Instant at={it.last_used_at} />}</td>
      <td class="number">
        {isHere && <span class="quiet">{copy.here}</span>}
        {!isHere && it.api_key !== null && (
          <Button aria-label={copy.openSays(it.name)} onClick={() => openKey(it.api_key ?? '')}>
            {copy.open}
          </Button>
        )}
      </td>
    </tr>
  )
}

const List = () => {
  const q = search.value.trim()
  const { answer } = useAsk(
    '/_emulator/workspaces/list',
    { order: 'desc', limit: 100, ...(q !== '' && { q }) },
    [],
  )
  if (answer === null) return null
  const { workspaces } = answer
  if (workspaces.length === 0) return <p class="quiet">{copy.none}</p>
  return (
    <TableRoom label={copy.title}>
      <table class="plain-table">
        <thead>
          <tr>
            {Object.entries(copy.columns).map(([id, text]) => (
              <th key={id} scope="col">
                {text}
              </th>
            ))}
            <th scope="col">{copy.does}</th>
          </tr>
        </thead>
        <tbody>
          {workspaces.map((it) => (
            <Row key={it.workspace_id} it={it} />
          ))}
        </tbody>
      </table>
    </TableRoom>
  )
}

export const Workspaces = () => {
  const [isCreating, setCreating] = useState(false)
  return (
    <div class="page">
      <div class="page-head">
        <h1>{copy.title}</h1>
        <input
          class="input"
          type="search"
          aria-label={copy.search}
          placeholder={copy.search}
          value={search.value}
          onInput={({ currentTarget }) => {
            search.value = currentTarget.value
          }}
        />
        <span class="push">
          <Button look="main" onClick={() => setCreating(true)}>
            {copy.create}
          </Button>
        </span>
      </div>
      <div class="page-body page-narrow">
        <Current />
        <Checkpoints />
        <section aria-label={copy.title}>
          <List />
        </section>
      </div>
      {isCreating && <Create onClose={() => setCreating(false)} />}
    </div>
  )
}
