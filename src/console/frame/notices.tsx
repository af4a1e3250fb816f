/** What everybody should know who looks at the page: it moves nothing and covers nothing. */
import { PastBand } from '../clock/past-band.tsx'
import { appCopy } from '../copy/app.ts'
import { CloseIcon } from '../icons.tsx'
import { forgetKey } from '../live/key.ts'
import { connection, replaced } from '../model/state.ts'
import { Button } from '../ui/button.tsx'

const Replaced = () => {
  const it = replaced.value
  if (it === null) return null
  const text =
    it.reason === 'reset' ? appCopy.replaced.reset(it.at) : appCopy.replaced.restored(it.at)
  return (
    <div class="notice" role="status">
      <p>{text}</p>
      <Button
        look="plain"
        aria-label={appCopy.dismiss}
        onClick={() => {
          replaced.value = null
        }}
      >
        <CloseIcon size={14} />
      </Button>
    </div>
  )
}

const Trouble = () => {
  const it = connection.value
  if (it.state !== 'refused' && it.state !== 'gone' && !(it.state === 'lost' && it.stopped))
    return null
  return (
    <div class="notice notice-trouble" role="status">
      <p>{appCopy.connectionMore(it)}</p>
      {it.state !== 'lost' && <Button onClick={forgetKey}>{appCopy.key.other}</Button>}
    </div>
  )
}

export const Notices = () => (
  <>
    <Trouble />
    <Replaced />
    <PastBand />
  </>
)
