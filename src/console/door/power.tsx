/** Batteries, dragged to a level or stepped with the arrow keys. */
import { useEffect, useState } from 'preact/hooks'
import { act } from '../acting/act.ts'
import { doorCopy } from '../copy/door.ts'
import { lockCan } from '../model/lock-can.ts'
import { at } from '../model/state.ts'
import type { Lock } from '../model/types.ts'

const copy = doorCopy.power

interface BatteryProps {
  lock: Lock
  isKeypads: boolean
}

const Battery = ({ lock, isKeypads }: BatteryProps) => {
  const power = isKeypads ? lock.keypad_battery : lock.battery
  /** Where it was dragged to, until the world says so too: it must not jump back meanwhile. */
  const [held, setHeld] = useState<number | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  useEffect(() => setHeld(null), [power?.level])
  if (power === null) return null
  const percent = held ?? Math.round(power.level * 100)
  const what = isKeypads ? copy.keypadBattery : copy.battery
  const put = async (value: number): Promise<void> => {
    const { device_id, name } = lock
    const outcome = await act({
      path: '/_emulator/locks/set_battery',
      body: { device_id, level: value / 100, ...(isKeypads && { keypad: true }) },
      says: copy.says(what, value, name),
    })
    setRefused(outcome.refused)
    if (outcome.refused !== null) setHeld(null)
  }
  return (
    <label class="battery" data-status={percent === 0 ? 'flat' : power.status}>
      <span>{what}</span>
      <input
        type="range"
        class="battery-level"
        min="0"
        max="100"
        step="1"
        value={percent}
        disabled={at.value !== null}
        aria-valuetext={`${percent} %`}
        style={{ '--level': `${percent}%` }}
        data-own-keys
        onInput={({ currentTarget }) => setHeld(Number(currentTarget.value))}
        onChange={({ currentTarget }) => void put(Number(currentTarget.value))}
      />
      <output>{percent} %</output>
      {refused !== null && (
        <span class="refusal" role="alert">
          {refused}
        </span>
      )}
    </label>
  )
}

export const Power = ({ lock }: { lock: Lock }) => {
  const can = lockCan(lock, null)
  return (
    <section class="door-part" aria-label={copy.heading}>
      <h3>{copy.heading}</h3>
      {can.changeBattery ? (
        <Battery lock={lock} isKeypads={false} />
      ) : (
        <p class="quiet">{copy.none}</p>
      )}
      {can.changeKeypadBattery && <Battery lock={lock} isKeypads />}
    </section>
  )
}
