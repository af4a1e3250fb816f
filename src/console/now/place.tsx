/** The start: who is locked out, what disagrees, what comes next. */
import { world } from '../model/state.ts'
import { Doors } from './doors.tsx'
import { Verdict } from './verdict.tsx'

export const Now = () => {
  if (world.value === null) return null
  return (
    <div class="now">
      <Verdict />
      <div class="now-parts">
        <Doors />
      </div>
    </div>
  )
}
