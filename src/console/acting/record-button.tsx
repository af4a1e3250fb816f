/** Recording, in the header; all but the button is loaded when somebody records. */
import { recordCopy as copy } from '../copy/record.ts'
import { Button } from '../ui/button.tsx'
import { later } from '../ui/later.tsx'
import { RecordIcon, StopIcon } from './icons.tsx'
import { isAsked, recorded, recording } from './recording.ts'

const RecordDialogs = later(async () => (await import('./told.ts')).RecordDialogs)

const note = async (): Promise<void> => (await import('./told.ts')).noteAgreement()
const end = async (): Promise<void> => (await import('./told.ts')).stop()

export const Record = () => {
  const it = recording.value
  return (
    <span class="record">
      {it === null ? (
        <Button
          look="plain"
          title={copy.recordMore}
          onClick={() => {
            isAsked.value = true
          }}
        >
          <RecordIcon size={14} />
          {copy.record}
        </Button>
      ) : (
        <>
          <span class="record-running" role="status">
            <RecordIcon size={14} />
            {copy.recording(it.deeds.length)}
          </span>
          <Button title={copy.checkMore} onClick={() => void note()}>
            {copy.check}
          </Button>
          <Button onClick={() => void end()}>
            <StopIcon size={14} />
            {copy.stop}
          </Button>
        </>
      )}
      {(isAsked.value || recorded.value !== null) && <RecordDialogs />}
    </span>
  )
}
