/** What stands in a lock's memory, and somebody with the manufacturer's app who changes it. */
import { useState } from 'preact/hooks'
import type { Slot } from '../../contract/locks.ts'
import { act } from '../acting/act.ts'
import { doorCopy } from '../copy/door.ts'
import { lockCan } from '../model/lock-can.ts'
import { at } from '../model/state.ts'
import type { Lock } from '../model/types.ts'
import { linkTo } from '../router.ts'
import { ActButton, Button } from '../ui/button.tsx'
import { Pin } from '../ui/pin.tsx'
import { Instant } from '../ui/time.tsx'
import { TableRoom } from '../ui/table-room.tsx'
import { SlotForm } from './slot-form.tsx'

const copy = doorCopy.memory

/** More slots than this are not shown at once. */
const SHOWN = 30

interface RowProps {
  lock: Lock
  slot: Slot
  onChange: () => void
}

const Row = ({ lock, slot, onChange }: RowProps) => {
  const { device_id, name } = lock
  const isOff = at.value !== null
  return (
    <tr>
      <td>{slot.slot}</td>
      <td>
        <Pin code={slot.code} />
      </td>
      <td class="memory-name">
        {slot.access_code_id === null ? (
          <>
            {slot.name} <span class="stranger">{copy.stranger}</span>
          </>
        ) : (
          <a href={linkTo('code', slot.access_code_id)}>
            {slot.name === null || slot.name === '' ? slot.access_code_id : slot.name}
          </a>
        )}
      </td>
      <td>{slot.starts_at !== null && <Instant at={slot.starts_at} />}</td>
      <td>{slot.ends_at !== null && <Instant at={slot.ends_at} />}</td>
      <td class="memory-deeds">
        <Button look="plain" disabled={isOff} onClick={onChange}>
          {copy.change}
        </Button>
        <ActButton
          look="plain"
          disabled={isOff}
          act={() =>
            act({
              path: '/_emulator/manufacturer_app/delete_code',
              body: { device_id, slot: slot.slot },
              says: copy.removeSays(slot.slot, name),
            })
          }
        >
          {copy.remove}
        </ActButton>
      </td>
    </tr>
  )
}

interface MemoryProps {
  lock: Lock
  slots: readonly Slot[]
}

const Slots = ({ lock, slots }: MemoryProps) => {
  const [changed, setChanged] = useState<number | null>(null)
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? slots : slots.slice(0, SHOWN)
  return (
    <>
      <TableRoom label={copy.heading(slots.length, lock.memory_bank.capacity)}>
        <table class="memory">
          <thead>
            <tr>
              <th scope="col">{copy.slot}</th>
              <th scope="col">{copy.pin}</th>
              <th scope="col">{copy.name}</th>
              <th scope="col">{copy.from}</th>
              <th scope="col">{copy.to}</th>
              <th scope="col">
                <span class="hidden-but-read">{copy.deeds}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((slot) =>
              changed === slot.slot ? (
                <tr key={slot.slot}>
                  <td colSpan={6}>
                    <SlotForm lock={lock} slot={slot} onClose={() => setChanged(null)} />
                  </td>
                </tr>
              ) : (
                <Row
                  key={slot.slot}
                  lock={lock}
                  slot={slot}
                  onChange={() => setChanged(slot.slot)}
                />
              ),
            )}
          </tbody>
        </table>
      </TableRoom>
      {shown.length < slots.length && (
        <Button onClick={() => setWhole(true)}>{copy.more(slots.length - shown.length)}</Button>
      )}
    </>
  )
}

const Add = ({ lock }: { lock: Lock }) => {
  const [isOpen, setOpen] = useState(false)
  if (!lockCan(lock, null).holdOneMore) return <p class="quiet">{copy.full}</p>
  if (isOpen) return <SlotForm lock={lock} slot={null} onClose={() => setOpen(false)} />
  return (
    <Button disabled={at.value !== null} onClick={() => setOpen(true)}>
      {copy.add}
    </Button>
  )
}

export const Memory = ({ lock, slots }: MemoryProps) => {
  const { used, capacity } = lock.memory_bank
  const heading = copy.heading(used, capacity)
  return (
    <section class="door-part door-memory-part" aria-label={heading}>
      <h3>{heading}</h3>
      {capacity === 0 ? (
        <p class="quiet">{copy.noMemory}</p>
      ) : (
        <>
          {slots.length === 0 ? (
            <p class="quiet">{copy.empty}</p>
          ) : (
            <Slots lock={lock} slots={slots} />
          )}
          <Add lock={lock} />
        </>
      )}
    </section>
  )
}
