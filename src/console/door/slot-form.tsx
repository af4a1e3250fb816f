/** A slot of a lock's memory, as the manufacturer's app lets somebody write it. */
import { useState } from 'preact/hooks'
import type { Slot } from '../../contract/locks.ts'
import { act } from '../acting/act.ts'
import { doorCopy } from '../copy/door.ts'
import { fromField, toField } from '../model/local-time.ts'
import { lockCan } from '../model/lock-can.ts'
import type { Lock } from '../model/types.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'

const copy = doorCopy.memory

interface SlotFormProps {
  lock: Lock
  /** Which one is changed; null: a new one is made. */
  slot: Slot | null
  onClose: () => void
}

const fieldOf = (instant: string | null | undefined): string =>
  instant === null || instant === undefined ? '' : toField(Date.parse(instant))

interface Written {
  code: string
  name: string
  from: string
  to: string
}

const save = (lock: Lock, slot: Slot | null, { code, name, from, to }: Written) => {
  const { device_id } = lock
  const window = lockCan(lock, null).keepTimes
    ? { starts_at: fromField(from), ends_at: fromField(to) }
    : {}
  const content = { code, name: name === '' ? null : name, ...window }
  return slot === null
    ? act({
        path: '/_emulator/manufacturer_app/create_code',
        body: { device_id, ...content },
        says: copy.addSays(lock.name),
      })
    : act({
        path: '/_emulator/manufacturer_app/update_code',
        body: { device_id, slot: slot.slot, ...content },
        says: copy.changeSays(slot.slot, lock.name),
      })
}

export const SlotForm = ({ lock, slot, onClose }: SlotFormProps) => {
  const [written, setWritten] = useState<Written>({
    code: slot?.code ?? '',
    name: slot?.name ?? '',
    from: fieldOf(slot?.starts_at),
    to: fieldOf(slot?.ends_at),
  })
  const [refused, setRefused] = useState<string | null>(null)
  const set = (key: keyof Written) => (value: string) => setWritten({ ...written, [key]: value })
  const send = async (): Promise<void> => {
    const outcome = await save(lock, slot, written)
    setRefused(outcome.refused)
    if (outcome.answer !== null) onClose()
  }
  return (
    <form
      class="small-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Field label={copy.pin} inputMode="numeric" value={written.code} onValue={set('code')} />
      <Field label={copy.name} value={written.name} onValue={set('name')} />
      {lockCan(lock, null).keepTimes && (
        <>
          <Field
            label={copy.from}
            type="datetime-local"
            value={written.from}
            onValue={set('from')}
          />
          <Field label={copy.to} type="datetime-local" value={written.to} onValue={set('to')} />
        </>
      )}
      <div class="form-end">
        <button type="submit" class="button button-main">
          {copy.save}
        </button>
        <Button onClick={onClose}>{copy.cancel}</Button>
        {refused === null ? (
          <span class="quiet">{copy.addHint}</span>
        ) : (
          <span class="refusal" role="alert">
            {refused}
          </span>
        )}
      </div>
    </form>
  )
}
