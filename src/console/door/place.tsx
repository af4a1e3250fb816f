/** One door, on a page of its own. */
import { useEffect } from 'preact/hooks'
import { doorCopy } from '../copy/door.ts'
import { chosen, world } from '../model/state.ts'
import { address, linkTo } from '../router.ts'
import { DoorView } from './door.tsx'
import { BackIcon } from './icons.tsx'

export const DoorPlace = () => {
  const { id } = address.value
  useEffect(() => {
    if (id !== null) chosen.value = { ...chosen.peek(), device_id: id }
  }, [id])
  const lock = world.value?.locks.find((it) => it.device_id === id)
  return (
    <article class="door-place">
      <div class="door-head">
        <a class="back" href={linkTo('')}>
          <BackIcon size={14} /> {doorCopy.back}
        </a>
        <h1 class="door-title">{lock?.name}</h1>
      </div>
      {lock === undefined ? <p class="empty">{doorCopy.none}</p> : <DoorView lock={lock} />}
    </article>
  )
}
