/** All doors, place by place: pictures, or tiles where there are many. */
import { computed, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { hangCopy } from '../copy/hang.ts'
import { nowCopy } from '../copy/now.ts'
import { isHanging } from '../door/hanging.ts'
import { PlusIcon } from '../icons.tsx'
import { doorGroups, inTrouble } from '../model/doors.ts'
import type { DoorGroup, DoorModel } from '../model/doors.ts'
import { flights } from '../model/in-flight.ts'
import { spanText } from '../model/span.ts'
import { at, chosen, entries, now, shownAt } from '../model/state.ts'
import { openingLocks, shownWorld } from '../timeline/shown-world.ts'
import { Button } from '../ui/button.tsx'
import { later } from '../ui/later.tsx'
import { DoorPicture } from './door-picture.tsx'
import type { PictureProps } from './door-picture.tsx'

const HangLock = later(async () => (await import('../touch.ts')).HangLock)

const copy = nowCopy.doors
const words = { locked_out: copy.lockedOut, overstay: copy.overstay, differs: copy.differs }

/** More doors than this are tiles. */
const MANY = 60

export const onlyTrouble = signal(false)

const groups = computed(() => (shownWorld.value === null ? [] : doorGroups(shownWorld.value)))
const inFlight = computed(() => flights(at.value === null ? entries.value : [], now.value ?? 0))

const statusOf = ({ lock, trouble, troubles }: DoorModel): string => {
  if (trouble === null) return lock.link.online ? copy.agrees : copy.offline
  if (trouble === 'differs' || shownAt.value === null) return words[trouble]
  const since = Date.parse(troubles[0]?.since ?? '')
  return `${words[trouble]} ${spanText(shownAt.value - since)}`
}

const choose = (device_id: string): void => {
  const isAgain = chosen.peek().device_id === device_id
  chosen.value = { device_id: isAgain ? null : device_id, access_code_id: null }
}

const Tile = ({ door, hasCode }: PictureProps) => (
  <span
    class="tile-led"
    data-led={door.trouble === 'locked_out' ? 'red' : hasCode ? 'green' : 'dim'}
    aria-hidden="true"
  />
)

const Door = ({ isTile, ...props }: PictureProps & { isTile: boolean }) => {
  const { lock, trouble, troubles } = props.door
  const { used, capacity } = lock.memory_bank
  return (
    <button
      type="button"
      class={isTile ? 'door door-tile' : 'door'}
      data-trouble={trouble}
      data-door={lock.device_id}
      aria-pressed={chosen.value.device_id === lock.device_id}
      onClick={() => choose(lock.device_id)}
    >
      {isTile ? <Tile {...props} /> : <DoorPicture {...props} />}
      <span class="door-name">{lock.name}</span>
      <span class="door-status">
        {statusOf(props.door)}
        {troubles.length > 1 && ` (${troubles.length})`}
      </span>
      <span class="door-memory" title={copy.memoryTitle(used, capacity)}>
        {copy.memory(used, capacity)}
      </span>
    </button>
  )
}

const Group = ({ name, doors, isTiled }: DoorGroup & { isTiled: boolean }) => (
  <section class="door-group">
    <h3>{name === '' ? copy.elsewhere : name}</h3>
    <div class="door-row">
      {doors.map((door) => (
        <Door
          key={door.lock.device_id}
          door={door}
          isTile={isTiled}
          hasCode={openingLocks.value.has(door.lock.device_id)}
          flight={inFlight.value.get(door.lock.device_id) ?? null}
        />
      ))}
    </div>
  </section>
)

/** What is chosen elsewhere comes into sight. */
const ScrollToChosen = () => {
  const { device_id } = chosen.value
  useEffect(() => {
    if (device_id === null) return
    const door = document.querySelector(`[data-door="${CSS.escape(device_id)}"]`)
    door?.scrollIntoView({ block: 'nearest' })
  }, [device_id])
  return null
}

export const Doors = () => {
  const count = groups.value.reduce((sum, { doors }) => sum + doors.length, 0)
  const shown = onlyTrouble.value ? inTrouble(groups.value) : groups.value
  return (
    <section class="doors" aria-label={copy.label}>
      <div class="doors-head">
        <h2>{copy.count(count)}</h2>
        <label class="switch">
          <input
            type="checkbox"
            checked={onlyTrouble.value}
            onChange={({ currentTarget }) => {
              onlyTrouble.value = currentTarget.checked
            }}
          />
          {copy.onlyTrouble}
        </label>
        <Button
          look="plain"
          aria-label={hangCopy.heading}
          title={hangCopy.heading}
          disabled={at.value !== null}
          onClick={() => {
            isHanging.value = true
          }}
        >
          <PlusIcon />
        </Button>
        {isHanging.value && <HangLock />}
      </div>
      {shown.length === 0 && <p class="quiet doors-none">{copy.noTrouble}</p>}
      <ScrollToChosen />
      {shown.map((group) => (
        <Group key={group.name} {...group} isTiled={count > MANY} />
      ))}
    </section>
  )
}
