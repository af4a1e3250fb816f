/** Kept copies of this workspace: made, restored, exported, forgotten. */
import { signal } from '@preact/signals'
import { useState } from 'preact/hooks'
import { act } from '../acting/act.ts'
import { workspacesCopy as copy } from '../copy/workspaces.ts'
import { useAsk } from '../live/use-ask.ts'
import type { AnswerOf } from '../../contract/route.ts'
import type { Routes } from '../live/routes.ts'
import { replaced } from '../model/state.ts'
import { ActButton, Button } from '../ui/button.tsx'
import { Instant } from '../ui/time.tsx'
import { TableRoom } from '../ui/table-room.tsx'
import { exportWorld } from './current.tsx'

type Checkpoint = AnswerOf<Routes['/_emulator/snapshots/list']>['snapshots'][number]

/** No frame tells of copies: the list is asked for when it is opened, and after the console's own acts. */
const changed = signal(0)
const noteChanged = (): void => {
  changed.value += 1
}

const Row = ({ it: { name, created_at, size } }: { it: Checkpoint }) => (
  <tr data-checkpoint={name}>
    <th scope="row">{name}</th>
    <td>
      <Instant at={created_at} exact />
    </td>
    <td class="quiet">{copy.size(size)}</td>
    <td class="number">
      <div class="detail-acts">
        <ActButton
          aria-label={copy.restoreSays(name)}
          act={() =>
            act({
              path: '/_emulator/snapshots/restore',
              body: { name },
              says: copy.restoreSays(name),
            })
          }
          onDone={noteChanged}
        >
          {copy.restore}
        </ActButton>
        <Button onClick={() => void exportWorld(name)}>{copy.export}</Button>
        <ActButton
          aria-label={copy.forgetSays(name)}
          act={() =>
            act({
              path: '/_emulator/snapshots/delete',
              body: { name },
              says: copy.forgetSays(name),
            })
          }
          onDone={noteChanged}
        >
          {copy.forget}
        </ActButton>
      </div>
    </td>
  </tr>
)

const Keep = () => {
  const [name, setName] = useState('before')
  return (
    <div class="detail-acts push">
      <input
        class="input"
        aria-label={copy.checkpointName}
        value={name}
        onInput={({ currentTarget }) => setName(currentTarget.value)}
      />
      <ActButton
        disabled={name.trim() === ''}
        act={() =>
          act({
            path: '/_emulator/snapshots/create',
            body: { name: name.trim() },
            says: copy.keepSays(name.trim()),
          })
        }
        onDone={noteChanged}
      >
        {copy.keep}
      </ActButton>
    </div>
  )
}

export const Checkpoints = () => {
  const { answer } = useAsk('/_emulator/snapshots/list', {}, [changed.value, replaced.value])
  return (
    <section aria-label={copy.checkpoints}>
      <div class="section-head">
        <h2>{copy.checkpoints}</h2>
        <Keep />
      </div>
      <p class="quiet">{copy.checkpointsMore}</p>
      {answer !== null &&
        (answer.snapshots.length === 0 ? (
          <p class="quiet">{copy.noCheckpoints}</p>
        ) : (
          <TableRoom label={copy.checkpoints}>
            <table class="plain-table">
              <tbody>
                {answer.snapshots.map((it) => (
                  <Row key={it.name} it={it} />
                ))}
              </tbody>
            </table>
          </TableRoom>
        ))}
    </section>
  )
}
