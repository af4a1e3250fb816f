/** All doors, place by place. */
import { nowCopy } from '../copy/now.ts'
import { doorGroups } from '../model/doors.ts'
import type { DoorModel } from '../model/doors.ts'
import { chosen, world } from '../model/state.ts'

const copy = nowCopy.doors
const words = { locked_out: copy.lockedOut, overstay: copy.overstay, differs: copy.differs }

const Door = ({ door: { lock, trouble } }: { door: DoorModel }) => (
  <button
    type="button"
    class="door"
    data-trouble={trouble}
    aria-pressed={chosen.value.device_id === lock.device_id}
    onClick={() => {
      chosen.value = { device_id: lock.device_id, access_code_id: null }
    }}
  >
    <span class="door-name">{lock.name}</span>
    <span>{trouble === null ? copy.agrees : words[trouble]}</span>
    <span class="quiet">{copy.memory(lock.memory_bank.used, lock.memory_bank.capacity)}</span>
  </button>
)

export const Doors = () => {
  const it = world.value
  if (it === null) return null
  return (
    <section class="doors" aria-label={copy.label}>
      {doorGroups(it).map(({ name, doors }) => (
        <div key={name} class="door-group">
          <h3>{name === '' ? copy.elsewhere : name}</h3>
          <div class="door-row">
            {doors.map((door) => (
              <Door key={door.lock.device_id} door={door} />
            ))}
          </div>
        </div>
      ))}
    </section>
  )
}
