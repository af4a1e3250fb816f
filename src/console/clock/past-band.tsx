/** Says that a past instant is looked at, and leads back. */
import { clockCopy as copy } from '../copy/clock.ts'
import { useKeys } from '../keys.ts'
import { at } from '../model/state.ts'
import { places } from '../places.ts'
import { linkTo } from '../router.ts'
import { Button } from '../ui/button.tsx'
import { instantText } from '../ui/time.tsx'

const back = (): void => {
  at.value = null
}

const Band = ({ instant }: { instant: number }) => {
  useKeys([{ key: 'Escape', says: copy.keys.back, run: back }])
  const hasCheckpoints = places.some(({ path }) => path === 'workspaces')
  return (
    <div class="notice notice-past" role="status" data-past={new Date(instant).toISOString()}>
      <p>
        <strong>{copy.past.looking(instantText(instant, true))}</strong>{' '}
        <span class="quiet">{copy.past.realWay}</span>{' '}
        {hasCheckpoints && <a href={linkTo('workspaces')}>{copy.past.checkpoints}</a>}
      </p>
      <Button look="main" onClick={back}>
        {copy.past.back}
      </Button>
    </div>
  )
}

export const PastBand = () => (at.value === null ? null : <Band instant={at.value} />)
