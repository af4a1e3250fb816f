/** From one disagreement to the next, and to what it is about. */
import { chosen, world } from '../model/state.ts'
import type { Disagreement } from '../model/types.ts'

/** Chooses the door and the code that it is about. */
export const chooseDisagreement = ({ device_id, access_code_id }: Disagreement): void => {
  chosen.value = { device_id, access_code_id }
}

const isChosen = ({ device_id, access_code_id }: Disagreement): boolean =>
  chosen.peek().device_id === device_id && chosen.peek().access_code_id === access_code_id

/** Those that matter, in their order. */
const all = (): Disagreement[] =>
  (world.peek()?.disagreements ?? []).filter(({ kind }) => kind !== 'stored')

/** @param by 1 for the next, -1 for the one before */
export const stepDisagreement = (by: 1 | -1): void => {
  const list = all()
  const at = list.findIndex(isChosen)
  const next =
    list[at === -1 && by === -1 ? list.length - 1 : (at + by + list.length) % list.length]
  if (next !== undefined) chooseDisagreement(next)
}
