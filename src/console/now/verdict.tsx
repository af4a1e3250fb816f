/** One line that says who is locked out, who still gets in, and what else differs. */
import { nowCopy } from '../copy/now.ts'
import { now, world } from '../model/state.ts'
import { spanText } from '../model/span.ts'
import type { Disagreement } from '../model/types.ts'

const copy = nowCopy.verdict

const worst = (troubles: readonly Disagreement[], at: number): string =>
  spanText(at - Math.min(...troubles.map(({ since }) => Date.parse(since))))

export const Verdict = () => {
  const it = world.value
  if (it === null) return null
  const { locked_out, overstay, other } = it.counts
  const of = (kind: string) => it.disagreements.filter((one) => one.kind === kind)
  const total = locked_out + overstay + other
  return (
    <section class="verdict" aria-label={copy.label} data-total={total}>
      {total === 0 ? (
        <p>
          <strong>{copy.agree}</strong> {copy.tryThis}
        </p>
      ) : (
        <p>
          <strong>{copy.lockedOut(locked_out)}</strong>
          {locked_out > 0 && now.value !== null && copy.worst(worst(of('locked_out'), now.value))}
          {copy.overstay(overstay)} {copy.other(other)}
        </p>
      )}
    </section>
  )
}
