/** The chosen door beside the doors and the timeline; on a narrow page a sheet over them. */
import { doorCopy } from '../copy/door.ts'
import { CloseIcon } from '../icons.tsx'
import { chosen, world } from '../model/state.ts'
import { linkTo } from '../router.ts'
import { Button } from '../ui/button.tsx'
import { DoorView } from './door.tsx'

const close = (): void => {
  const { device_id } = chosen.peek()
  chosen.value = { device_id: null, access_code_id: null }
  // The focus goes back to where it was opened.
  document.querySelector<HTMLElement>(`[data-door="${CSS.escape(device_id ?? '')}"]`)?.focus()
}

export const DoorPane = () => {
  const { device_id } = chosen.value
  const lock = world.value?.locks.find((it) => it.device_id === device_id)
  if (lock === undefined) return null
  return (
    <aside class="door-pane" aria-label={doorCopy.pane(lock.name)}>
      <div class="door-head">
        <h2 class="door-title">
          <a href={linkTo('door', lock.device_id)} title={doorCopy.open}>
            {lock.name}
          </a>
        </h2>
        <Button look="plain" aria-label={doorCopy.close} onClick={close}>
          <CloseIcon />
        </Button>
      </div>
      <DoorView lock={lock} />
    </aside>
  )
}
