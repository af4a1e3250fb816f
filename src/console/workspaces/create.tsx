/** Another workspace, made of a fixture. */
import { useState } from 'preact/hooks'
import { act } from '../acting/act.ts'
import { workspacesCopy as copy } from '../copy/workspaces.ts'
import { openKey } from '../live/key.ts'
import { useAsk } from '../live/use-ask.ts'
import { ActButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'

const Fixtures = ({ chosen, onChoose }: { chosen: string; onChoose: (name: string) => void }) => {
  const { answer } = useAsk('/_emulator/fixtures/list', {}, [])
  return (
    <fieldset class="fixtures">
      <legend class="quiet">{copy.fixture}</legend>
      {(answer?.fixtures ?? []).map(({ name, description }) => (
        <label key={name} class="fixture">
          <input
            type="radio"
            aria-label={name}
            name="fixture"
            value={name}
            checked={chosen === name}
            onChange={() => onChoose(name)}
          />
          <span>
            <strong>{name}</strong>
            <span class="quiet">{description}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export const Create = ({ onClose }: { onClose: () => void }) => {
  const [name, setName] = useState('')
  const [key, setKey] = useState('')
  const [fixture, setFixture] = useState('default')
  const make = async () => {
    const outcome = await act({
      path: '/_emulator/workspaces/create',
      body: {
        fixture,
        ...(name !== '' && { name }),
        ...(key !== '' && { api_key: key }),
      },
      says: copy.createSays(name === '' ? fixture : name),
    })
    const made = outcome.answer?.workspace.api_key ?? null
    if (made !== null) openKey(made)
    return outcome
  }
  return (
    <Dialog title={copy.create} onClose={onClose}>
      <div class="create">
        <Field label={copy.name} value={name} onValue={setName} />
        <Field label={copy.key} value={key} hint={copy.keyHint} onValue={setKey} />
        <Fixtures chosen={fixture} onChoose={setFixture} />
        <ActButton look="main" act={make}>
          {copy.createDo}
        </ActButton>
      </div>
    </Dialog>
  )
}
