/** The workspace that we are in: reset, delete, export and import. */
import { useState } from 'preact/hooks'
import { act } from '../acting/act.ts'
import { workspacesCopy as copy } from '../copy/workspaces.ts'
import { ask, isApiError } from '../live/client.ts'
import { actCopy } from '../copy/act.ts'
import { apiKey, forgetKey } from '../live/key.ts'
import { ActButton, Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { download } from '../ui/download.ts'

/** A copy as a file: as it is now, or as it was kept. @returns what was refused */
export const exportWorld = async (name?: string): Promise<string | null> => {
  try {
    const { snapshot } = await ask(
      '/_emulator/snapshots/export',
      name === undefined ? {} : { name },
    )
    download(
      `${name ?? apiKey.peek() ?? 'world'}.json`,
      JSON.stringify(snapshot, null, 2),
      'application/json',
    )
    return null
  } catch (error) {
    return isApiError(error) ? error.message : actCopy.nobody
  }
}

const importFile = async (file: File): Promise<string | null> => {
  let snapshot: unknown
  try {
    snapshot = JSON.parse(await file.text())
  } catch {
    return copy.notJson
  }
  if (typeof snapshot !== 'object' || snapshot === null) return copy.notJson
  const { refused } = await act({
    path: '/_emulator/snapshots/import',
    body: { snapshot: { ...snapshot } },
    says: copy.importSays,
  })
  return refused
}

const Import = () => {
  const [refused, setRefused] = useState<string | null>(null)
  return (
    <span class="acting">
      <label class="button">
        {copy.import}
        <input
          class="hidden-but-read"
          type="file"
          accept="application/json,.json"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? []
            if (file === undefined) return
            void importFile(file).then(setRefused)
            currentTarget.value = ''
          }}
        />
      </label>
      {refused !== null && (
        <span class="refusal" role="alert">
          {refused}
        </span>
      )}
    </span>
  )
}

type Question = 'reset' | 'remove'

const Ask = ({ question, onClose }: { question: Question; onClose: () => void }) => {
  const isReset = question === 'reset'
  return (
    <Dialog title={isReset ? copy.reset : copy.remove} onClose={onClose}>
      <div class="create">
        <p>{isReset ? copy.resetAsk : copy.removeAsk}</p>
        <div class="detail-acts">
          <Button onClick={onClose}>{copy.cancel}</Button>
          {isReset ? (
            <ActButton
              look="main"
              act={() =>
                act({ path: '/_emulator/workspaces/reset', body: {}, says: copy.resetSays })
              }
              onDone={onClose}
            >
              {copy.reset}
            </ActButton>
          ) : (
            <ActButton
              look="main"
              act={() =>
                act({ path: '/_emulator/workspaces/delete', body: {}, says: copy.removeSays })
              }
              onDone={forgetKey}
            >
              {copy.remove}
            </ActButton>
          )}
        </div>
      </div>
    </Dialog>
  )
}

export const Current = () => {
  const [question, setQuestion] = useState<Question | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  return (
    <section aria-label={copy.current}>
      <div class="section-head">
        <h2>{copy.current}</h2>
        <code>{apiKey.value}</code>
        <div class="detail-acts push">
          <Button onClick={() => void exportWorld().then(setRefused)}>{copy.exportNow}</Button>
          <Import />
          <Button onClick={() => setQuestion('reset')}>{copy.reset}</Button>
          <Button onClick={() => setQuestion('remove')}>{copy.remove}</Button>
        </div>
      </div>
      {refused !== null && (
        <p class="refusal" role="alert">
          {refused}
        </p>
      )}
      {question !== null && <Ask question={question} onClose={() => setQuestion(null)} />}
    </section>
  )
}
