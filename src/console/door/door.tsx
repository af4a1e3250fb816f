/** A door whole: its link, keypad, power, memory, and what happened at it. */
import { useEffect } from 'preact/hooks'
import { doorCopy } from '../copy/door.ts'
import { useKeys } from '../keys.ts'
import { useAsk } from '../live/use-ask.ts'
import { readLockModels } from '../model/lock-models.ts'
import { at, seq, shownAt, world } from '../model/state.ts'
import type { Lock } from '../model/types.ts'
import { ActiveFaults } from '../faults/active.tsx'
import { linkTo } from '../router.ts'
import { Sentence } from '../ui/sentence.tsx'
import { Deeds } from './deeds.tsx'
import { Entries } from './entries.tsx'
import { Keypad } from './keypad.tsx'
import { Link, bridgeOf, toggleBridge } from './link.tsx'
import { Memory } from './memory.tsx'
import { Power } from './power.tsx'
import { StayForm } from './stay-form.tsx'

const copy = doorCopy

/** The time on the lock's own wall. */
const lockTime = ({ time_zone }: Lock): string => {
  if (time_zone === null) return copy.noZone
  try {
    const time = new Intl.DateTimeFormat([], {
      timeZone: time_zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    })
    return copy.atLock(time.format(shownAt.value ?? 0), time_zone)
  } catch {
    return time_zone
  }
}

const Facts = ({ lock }: { lock: Lock }) => (
  <p class="door-facts quiet">
    {[
      lock.model,
      lock.location_name,
      lock.scheduling === 'native' ? copy.native : copy.justInTime,
      lock.is_managed ? null : copy.unmanaged,
      lockTime(lock),
    ]
      .filter((it) => it !== null)
      .join(' · ')}
  </p>
)

const Troubles = ({ device_id }: { device_id: string }) => {
  const troubles = world.value?.disagreements.filter((it) => it.device_id === device_id) ?? []
  if (troubles.length === 0) return null
  return (
    <ul class="door-troubles">
      {troubles.slice(0, 6).map(({ kind, access_code_id, code, sentence }) => (
        <li key={`${kind} ${access_code_id ?? code}`} data-kind={kind}>
          <Sentence text={sentence} />{' '}
          {access_code_id !== null && <a href={linkTo('code', access_code_id)}>{copy.why}</a>}
        </li>
      ))}
    </ul>
  )
}

const useBridgeKey = (lock: Lock): void =>
  useKeys([
    {
      key: 'u',
      says: copy.link.key,
      run: () => {
        const bridge = bridgeOf(lock)
        if (bridge !== undefined) void toggleBridge(bridge)
      },
    },
  ])

export const DoorView = ({ lock }: { lock: Lock }) => {
  const { device_id } = lock
  useEffect(readLockModels, [])
  useBridgeKey(lock)
  const { answer } = useAsk('/_emulator/locks/get', { device_id }, [seq.value])
  const slots = answer?.lock.device_id === device_id ? answer.lock.memory_bank.slots : []
  return (
    <div class="door-view" data-door-view={device_id}>
      <Facts lock={lock} />
      {at.value !== null && <p class="quiet">{copy.past}</p>}
      <Troubles device_id={device_id} />
      <ActiveFaults device_id={device_id} />
      <div class="door-parts">
        <Link lock={lock} />
        {lock.keypad.is_connected ? (
          <Keypad key={device_id} lock={lock} slots={slots} />
        ) : (
          <p class="door-part quiet">{copy.keypad.none}</p>
        )}
        <Power lock={lock} />
        <Deeds lock={lock} />
        <Memory key={`memory ${device_id}`} lock={lock} slots={slots} />
        <StayForm key={`stay ${device_id}`} lock={lock} />
        <Entries device_id={device_id} />
      </div>
    </div>
  )
}
