/** What somebody can do to a lock with their hands. */
import { useState } from 'preact/hooks'
import { act } from '../acting/act.ts'
import { doorCopy } from '../copy/door.ts'
import { lockCan } from '../model/lock-can.ts'
import { modelOf } from '../model/lock-models.ts'
import { at } from '../model/state.ts'
import type { Lock } from '../model/types.ts'
import { linkTo } from '../router.ts'
import { ActButton, Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

const copy = doorCopy.deeds

const Wipe = ({ lock }: { lock: Lock }) => {
  const [isAsked, setAsked] = useState(false)
  const { device_id, name } = lock
  return (
    <>
      <Button disabled={at.value !== null} onClick={() => setAsked(true)}>
        {copy.wipe}
      </Button>
      {isAsked && (
        <Dialog title={copy.at(copy.wipe, name)} onClose={() => setAsked(false)}>
          <p>{copy.wipeAsk}</p>
          <div class="dialog-actions">
            <ActButton
              look="main"
              act={() =>
                act({
                  path: '/_emulator/locks/factory_reset',
                  body: { device_id },
                  says: copy.at(copy.wipeDo, name),
                })
              }
              onDone={() => setAsked(false)}
            >
              {copy.wipeDo}
            </ActButton>
          </div>
        </Dialog>
      )}
    </>
  )
}

export const Deeds = ({ lock }: { lock: Lock }) => {
  const { device_id, name, bolt, door_open, keypad } = lock
  const can = lockCan(lock, modelOf(lock.model))
  const isOff = at.value !== null
  const jam = bolt.jammed ? copy.unjam : copy.jam
  const door = door_open === true ? copy.closeDoor : copy.openDoor
  const pad = keypad.is_connected ? copy.keypadOff : copy.keypadOn
  return (
    <section class="door-part" aria-label={copy.heading}>
      <h3>{copy.heading}</h3>
      <div class="deeds">
        <ActButton
          disabled={isOff}
          act={() =>
            act({
              path: '/_emulator/locks/jam',
              body: { device_id, jammed: !bolt.jammed },
              says: copy.at(jam, name),
            })
          }
        >
          {jam}
        </ActButton>
        {can.moveDoor && (
          <ActButton
            disabled={isOff}
            act={() =>
              act({
                path: '/_emulator/locks/set_door',
                body: { device_id, open: door_open !== true },
                says: copy.at(door, name),
              })
            }
          >
            {door}
          </ActButton>
        )}
        {can.takeKeypadOff && (
          <ActButton
            disabled={isOff}
            act={() =>
              act({
                path: '/_emulator/locks/set_keypad',
                body: { device_id, connected: !keypad.is_connected },
                says: copy.at(pad, name),
              })
            }
          >
            {pad}
          </ActButton>
        )}
        <Wipe lock={lock} />
        <a class="button" href={linkTo('faults', null, { device_id })}>
          {copy.more}
        </a>
      </div>
    </section>
  )
}
