/** A stay for a door: an access code of Seam's, as an app would ask for it. */
import { useState } from 'preact/hooks'
import { actAny } from '../acting/act.ts'
import { doorCopy } from '../copy/door.ts'
import { fromField, toField } from '../model/local-time.ts'
import { lengthText, lockCan } from '../model/lock-can.ts'
import { modelOf } from '../model/lock-models.ts'
import { at, now } from '../model/state.ts'
import type { Lock } from '../model/types.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'

const copy = doorCopy.stay
const HOUR = 3_600_000

interface Written {
  name: string
  code: string
  from: string
  to: string
}

const create = ({ device_id, name }: Lock, written: Written) => {
  const { code, from, to } = written
  const guest = written.name === '' ? copy.guest : written.name
  const [starts_at, ends_at] = [fromField(from), fromField(to)]
  return actAny({
    path: '/access_codes/create',
    body: {
      device_id,
      name: guest,
      ...(code !== '' && { code }),
      ...(starts_at !== null && { starts_at }),
      ...(ends_at !== null && { ends_at }),
    },
    says: copy.says(guest, name),
  })
}

const Fields = ({ lock, onClose }: { lock: Lock; onClose: () => void }) => {
  const start = (now.peek() ?? 0) + HOUR
  const [written, setWritten] = useState<Written>({
    name: copy.guest,
    code: '',
    from: toField(start),
    to: toField(start + 48 * HOUR),
  })
  const [refused, setRefused] = useState<string | null>(null)
  const set = (key: keyof Written) => (value: string) => setWritten({ ...written, [key]: value })
  const send = async (): Promise<void> => {
    const outcome = await create(lock, written)
    setRefused(outcome.refused)
    if (outcome.answer !== null) onClose()
  }
  const lengths = lengthText(modelOf(lock.model)?.code_lengths ?? [])
  return (
    <form
      class="small-form"
      aria-label={copy.open(lock.name)}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Field label={copy.name} value={written.name} onValue={set('name')} />
      <Field
        label={copy.pin}
        hint={copy.pinHint(lengths)}
        inputMode="numeric"
        value={written.code}
        onValue={set('code')}
      />
      <Field label={copy.from} type="datetime-local" value={written.from} onValue={set('from')} />
      <Field label={copy.to} type="datetime-local" value={written.to} onValue={set('to')} />
      <div class="form-end">
        <button type="submit" class="button button-main">
          {copy.create}
        </button>
        <Button onClick={onClose}>{doorCopy.memory.cancel}</Button>
        {refused !== null && (
          <span class="refusal" role="alert">
            {refused}
          </span>
        )}
      </div>
    </form>
  )
}

/** A button that opens the form; nothing where the lock cannot have a code. */
export const StayForm = ({ lock }: { lock: Lock }) => {
  const [isOpen, setOpen] = useState(false)
  if (!lockCan(lock, modelOf(lock.model)).haveStays) return null
  return (
    <div class="door-part">
      {isOpen ? (
        <Fields lock={lock} onClose={() => setOpen(false)} />
      ) : (
        <Button disabled={at.value !== null} onClick={() => setOpen(true)}>
          {copy.open(lock.name)}
        </Button>
      )}
    </div>
  )
}
