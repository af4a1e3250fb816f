/** The dialogs of recording: how it begins, and the test at its end. */
import { useState } from 'preact/hooks'
import { recordCopy as copy } from '../copy/record.ts'
import { RecordIcon } from './icons.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from './copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { fileName, record, testText } from './recorder.ts'
import { isAsked, recorded } from './recording.ts'

const onAsked = (): void => {
  isAsked.value = false
}

const Begin = () => {
  const onClose = onAsked
  const [name, setName] = useState('')
  const [isFresh, setFresh] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const begin = async (): Promise<void> => {
    const told = await record(name, isFresh)
    setRefused(told)
    if (told === null) onClose()
  }
  return (
    <Dialog title={copy.heading} onClose={onClose}>
      <form
        class="record-form"
        onSubmit={(event) => {
          event.preventDefault()
          void begin()
        }}
      >
        <p class="quiet">{copy.intro}</p>
        <label class="field">
          <span>{copy.name}</span>
          <input
            class="input"
            value={name}
            placeholder={copy.namePlaceholder}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <fieldset class="choices">
          <legend>{copy.from}</legend>
          {[false, true].map((fresh) => (
            <label key={String(fresh)}>
              <input
                type="radio"
                name="from"
                checked={isFresh === fresh}
                onChange={() => setFresh(fresh)}
              />
              {fresh ? copy.fromFresh : copy.fromHere}
            </label>
          ))}
        </fieldset>
        <div class="dialog-actions">
          {refused !== null && (
            <span class="refusal" role="alert">
              {refused}
            </span>
          )}
          <button type="submit" class="button button-main">
            <RecordIcon size={14} />
            {copy.begin}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

const save = (name: string, text: string, type: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

const onTaken = (): void => {
  recorded.value = null
}

const Taken = () => {
  const onClose = onTaken
  const it = recorded.value
  if (it === null) return null
  const text = testText(it)
  const { beginning, world, name } = it
  return (
    <Dialog title={copy.doneHeading} onClose={onClose}>
      <div class="record-form">
        <p class="quiet">
          {copy.doneIntro} {'world_file' in beginning && copy.withWorld(beginning.world_file)}
        </p>
        <textarea class="record-text mono" readOnly wrap="off" rows={16} aria-label={name}>
          {text}
        </textarea>
        <div class="dialog-actions">
          {world !== null && 'world_file' in beginning && (
            <Button
              onClick={() =>
                save(beginning.world_file, JSON.stringify(world, null, 1), 'application/json')
              }
            >
              {copy.saveWorld}
            </Button>
          )}
          <Button onClick={() => save(`${fileName(name)}.test.js`, text, 'text/javascript')}>
            {copy.saveTest}
          </Button>
          <CopyButton text={text} label={copy.copy} done={copy.copied} look="main" />
        </div>
      </div>
    </Dialog>
  )
}

export const RecordDialogs = () => (
  <>
    {isAsked.value && <Begin />}
    {recorded.value !== null && <Taken />}
  </>
)
