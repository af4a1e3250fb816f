/** Batteries, dragged to a level or stepped with the arrow keys. */
import { useState } from 'preact/hooks'
import { act } from '../acting/act.ts'
import { doorCopy } from '../copy/door.ts'
import { lockCan } from '../model/lock-can.ts'
import { at } from '../model/state.ts'
import type { Lock } from '../model/types.ts'

const copy = doorCopy.power

/** What is shown until the world has caught up with the hand that put it. */
interface Held {
  readonly percent: number
  /** The level that the page knew at first, then each that was put and that the world is still to tell. */
  readonly trail: readonly number[]
}

/** What is still held once the world tells a level; null where it is the world's again. */
const afterLevel = (held: Held, level: number): Held | null => {
  const told = held.trail.indexOf(level)
  const isLast = told === held.trail.length - 1
  if (told === -1 || (isLast && level === held.percent / 100)) return null
  return told === 0 ? held : { ...held, trail: held.trail.slice(told) }
}

interface BatteryProps {
  lock: Lock
  isKeypads: boolean
}

const Battery = ({ lock, isKeypads }: BatteryProps) => {
  const power = isKeypads ? lock.keypad_battery : lock.battery
  const [last, setHeld] = useState<Held | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  if (power === null) return null
  const { level } = power
  const held = last === null ? null : afterLevel(last, level)
  // Not by an effect: it would come after the next step of the keys, and take that back.
  if (held !== last) setHeld(held)
  const percent = held?.percent ?? Math.round(level * 100)
  const what = isKeypads ? copy.keypadBattery : copy.battery
  const hold = (value: number): void =>
    setHeld((it) => ({ percent: value, trail: it?.trail ?? [level] }))
  const put = async (value: number): Promise<void> => {
    const { device_id, name } = lock
    setHeld((it) => ({ percent: value, trail: [...(it?.trail ?? [level]), value / 100] }))
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
        onInput={({ currentTarget }) => hold(Number(currentTarget.value))}
        onChange={({ currentTarget }) => void put(Number(currentTarget.value))}
        onBlur={() => setHeld(null)}
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
