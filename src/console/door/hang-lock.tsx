/** A new lock on a new door, of any model. */
import { useEffect, useState } from 'preact/hooks'
import type { LockModel } from '../../contract/lock-models.ts'
import { act } from '../acting/act.ts'
import { hangCopy as copy } from '../copy/hang.ts'
import { lockModels, readLockModels } from '../model/lock-models.ts'
import { chosen } from '../model/state.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { isHanging } from './hanging.ts'

interface Written {
  model: string
  name: string
  place: string
  hasBridge: boolean
  hasKeypad: boolean
}

const canChooseBridge = ({ bridge }: LockModel): boolean =>
  bridge.kind !== 'none' && !bridge.required

const hang = (model: LockModel, { name, place, hasBridge, hasKeypad }: Written) => {
  return act({
    path: '/_emulator/locks/create',
    body: {
      model: model.model,
      ...(name !== '' && { name }),
      ...(place !== '' && { location: { location_name: place } }),
      ...(canChooseBridge(model) && { has_bridge: hasBridge }),
      ...(model.keypad === 'accessory' && { has_keypad: hasKeypad }),
    },
    says: copy.says(name === '' ? model.model_display_name : name),
  })
}

interface SwitchProps {
  label: string
  isOn: boolean
  onSwitch: (on: boolean) => void
}

const Switch = ({ label, isOn, onSwitch }: SwitchProps) => (
  <label class="switch">
    <input
      type="checkbox"
      checked={isOn}
      onChange={({ currentTarget }) => onSwitch(currentTarget.checked)}
    />
    {label}
  </label>
)

interface ModelChoiceProps {
  models: readonly LockModel[]
  written: Written
  set: (change: Partial<Written>) => void
}

const ModelChoice = ({ models, written, set }: ModelChoiceProps) => (
  <label class="field">
    <span>{copy.model}</span>
    <select
      class="input"
      value={written.model}
      onChange={({ currentTarget }) => set({ model: currentTarget.value })}
    >
      {models.map((it) => (
        <option key={it.model} value={it.model}>
          {it.display_name}
        </option>
      ))}
    </select>
  </label>
)

interface PartProps {
  model: LockModel
  written: Written
  set: (change: Partial<Written>) => void
}

/** What the model leaves open, and nothing else. */
const Parts = ({ model, written, set }: PartProps) => (
  <div class="form-end">
    {model.keypad === 'accessory' && (
      <Switch
        label={copy.keypad}
        isOn={written.hasKeypad}
        onSwitch={(hasKeypad) => set({ hasKeypad })}
      />
    )}
    {canChooseBridge(model) && (
      <Switch
        label={copy.bridge(model.bridge.kind)}
        isOn={written.hasBridge}
        onSwitch={(hasBridge) => set({ hasBridge })}
      />
    )}
  </div>
)

const start = (model: string): Written => ({
  model,
  name: '',
  place: '',
  hasBridge: false,
  hasKeypad: true,
})

const Fields = ({ models, onDone }: { models: readonly LockModel[]; onDone: () => void }) => {
  const [written, setWritten] = useState<Written>(start(models[0]?.model ?? ''))
  const [refused, setRefused] = useState<string | null>(null)
  const set = (change: Partial<Written>): void => setWritten({ ...written, ...change })
  const model = models.find((it) => it.model === written.model)
  if (model === undefined) return null
  const send = async (): Promise<void> => {
    const { answer, refused: told } = await hang(model, written)
    setRefused(told)
    if (answer === null) return
    chosen.value = { device_id: answer.device.device_id, access_code_id: null }
    onDone()
  }
  return (
    <form
      class="small-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <ModelChoice models={models} written={written} set={set} />
      <Field label={copy.name} value={written.name} onValue={(name) => set({ name })} />
      <Field label={copy.place} value={written.place} onValue={(place) => set({ place })} />
      <p class="quiet form-end">{copy.about(model.scheduling, model.memory_slots)}</p>
      <Parts model={model} written={written} set={set} />
      <div class="form-end dialog-actions">
        {refused !== null && (
          <span class="refusal" role="alert">
            {refused}
          </span>
        )}
        <button type="submit" class="button button-main">
          {copy.hang}
        </button>
      </div>
    </form>
  )
}

export const HangLock = () => {
  useEffect(readLockModels, [])
  const onClose = (): void => {
    isHanging.value = false
  }
  return (
    <Dialog title={copy.heading} onClose={onClose}>
      {lockModels.value !== null && <Fields models={lockModels.value} onDone={onClose} />}
    </Dialog>
  )
}
