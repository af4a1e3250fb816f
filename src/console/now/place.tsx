/** The start: who is locked out, what disagrees, what comes next. */
import { signal } from '@preact/signals'
import { nowCopy } from '../copy/now.ts'
import { useKeys } from '../keys.ts'
import { chosen, world } from '../model/state.ts'
import { go } from '../router.ts'
import { Timeline } from '../timeline/timeline.tsx'
import { later } from '../ui/later.tsx'
import { stepDisagreement } from './disagreements.ts'
import { Doors, onlyTrouble } from './doors.tsx'
import { Drawer } from './drawer.tsx'
import { NoDevices } from './first-calls.tsx'
import { Verdict } from './verdict.tsx'

const DoorPane = later(async () => (await import('../touch.ts')).DoorPane)

const copy = nowCopy

/** On a narrow screen one of them at a time. */
const parts = ['doors', 'time', 'log'] as const
const part = signal<(typeof parts)[number]>('doors')

const PartSwitch = () => (
  <div class="now-switch" role="group" aria-label={copy.parts.label}>
    {parts.map((id) => (
      <button
        key={id}
        type="button"
        class="tab"
        aria-pressed={part.value === id}
        onClick={() => {
          part.value = id
        }}
      >
        {copy.parts[id]}
      </button>
    ))}
  </div>
)

const openChosen = (): void => {
  const { device_id, access_code_id } = chosen.peek()
  if (access_code_id !== null) go('code', access_code_id)
  else if (device_id !== null) go('door', device_id)
}

const useNowKeys = (): void =>
  useKeys([
    { key: 'j', says: copy.keys.next, run: () => stepDisagreement(1) },
    { key: 'k', says: copy.keys.previous, run: () => stepDisagreement(-1) },
    { key: 'Enter', says: copy.keys.open, run: openChosen },
    {
      key: 'Escape',
      says: copy.keys.back,
      run: () => {
        chosen.value = { device_id: null, access_code_id: null }
      },
    },
    {
      key: 't',
      says: copy.keys.onlyTrouble,
      run: () => {
        onlyTrouble.value = !onlyTrouble.peek()
      },
    },
  ])

export const Now = () => {
  useNowKeys()
  if (world.value === null) return null
  if (world.value.locks.length === 0) return <NoDevices />
  return (
    <div class="now" data-part={part.value}>
      <Verdict />
      <PartSwitch />
      <div class="now-parts" data-pane={chosen.value.device_id !== null}>
        <Doors />
        <div class="now-middle">
          <Timeline />
          <Drawer />
        </div>
        {chosen.value.device_id !== null && <DoorPane />}
      </div>
    </div>
  )
}
