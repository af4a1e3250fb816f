/** When something next becomes otherwise by time alone, as far as the page can know. */
import type { WorldModel } from './types.ts'

/** The first instant after `now` at which a window opens or closes or something is looked at again, ms. */
export const nextEdge = (
  { access_codes, disagreements, locks, faults, clock }: WorldModel,
  now: number,
): number => {
  let next = Number.POSITIVE_INFINITY
  const note = (instant: string | null | undefined): void => {
    if (instant === null || instant === undefined) return
    const ms = Date.parse(instant)
    if (ms > now && ms < next) next = ms
  }
  for (const instant of access_codes.starts_at) note(instant)
  for (const instant of access_codes.ends_at) note(instant)
  for (const { waits_for } of disagreements) note(waits_for?.until)
  for (const { locked_out_until } of locks) note(locked_out_until)
  for (const { between } of faults) for (const instant of between ?? []) note(instant)
  note(clock.next_job_at)
  return next
}
