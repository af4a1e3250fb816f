/** Trouble that is chosen waits for its target: the next door or code that somebody chooses. */
import { useEffect, useState } from 'preact/hooks'
import { actAny } from '../acting/act.ts'
import { faultsCopy } from '../copy/faults.ts'
import { callFor } from '../model/palette.ts'
import type { Aim } from '../model/palette.ts'
import { chosen, now, world } from '../model/state.ts'
import { Button } from '../ui/button.tsx'
import { armed } from './armed.ts'

const copy = faultsCopy.aim

const whereOf = (aim: Aim): string => {
  if (aim.kind === 'world') return copy.world
  return aim.kind === 'code' ? copy.onCode : aim.lock.name
}

/** @returns what is wrong; null where it was done */
export const strike = async (aim: Aim): Promise<string | null> => {
  const it = armed.peek()
  if (it === null) return null
  const { trouble, limits } = it
  const call = callFor(trouble, aim, limits, new Date(now.peek() ?? 0).toISOString())
  if (call === null) return copy.noFit(trouble.name)
  const outcome = await actAny({ ...call, says: copy.says(trouble.name, whereOf(aim)) })
  if (outcome.refused === null) armed.value = null
  return outcome.refused
}

const aimAtChosen = (): Aim | null => {
  const { device_id, access_code_id } = chosen.peek()
  const lock = world.peek()?.locks.find((it) => it.device_id === device_id)
  if (access_code_id !== null) return { kind: 'code', access_code_id, lock: lock ?? null }
  return lock === undefined ? null : { kind: 'door', lock }
}

/** Stands over every place while something is armed. */
export const AimBar = () => {
  const it = armed.value
  const [refused, setRefused] = useState<string | null>(null)
  useEffect(() => {
    setRefused(null)
    if (it === null) return undefined
    const before = chosen.peek()
    return chosen.subscribe((value) => {
      if (value === before) return
      const aim = aimAtChosen()
      if (aim !== null) void strike(aim).then(setRefused)
    })
  }, [it])
  if (it === null) return null
  return (
    <div class="aim-bar" role="status">
      <span>{copy.pick(it.trouble.name)}</span>
      <Button onClick={() => void strike({ kind: 'world' }).then(setRefused)}>{copy.world}</Button>
      <Button
        look="plain"
        onClick={() => {
          armed.value = null
        }}
      >
        {copy.cancel}
      </Button>
      {refused !== null && (
        <span class="refusal" role="alert">
          {refused}
        </span>
      )}
    </div>
  )
}
