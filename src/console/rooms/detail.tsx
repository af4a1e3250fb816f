/** What the details of thermostats and of noise sensors have alike. */
import type { ComponentChildren } from 'preact'
import type { InputOf } from '../../contract/route.ts'
import type { Routes } from '../live/routes.ts'
import { useAsk } from '../live/use-ask.ts'
import { clock, seq } from '../model/state.ts'
import { Sentence } from '../ui/sentence.tsx'

type Question<P extends keyof Routes> = readonly [P, InputOf<Routes[P]> & object]

/** A device itself and why it is as it is, asked again where anything happened or time has passed; null until both are there. */
export const useWithWhy = <P extends keyof Routes, Q extends keyof Routes>(
  [ownPath, ownBody]: Question<P>,
  [whyPath, whyBody]: Question<Q>,
) => {
  const when = [seq.value, clock.value?.now]
  const own = useAsk(ownPath, ownBody, when).answer
  const why = useAsk(whyPath, whyBody, when).answer
  return own === null || why === null ? null : { own, why }
}

export const DetailHead = ({ name, figure }: { name: string; figure: ComponentChildren }) => (
  <div class="detail-head">
    <h2>{name}</h2>
    <strong class="big">{figure}</strong>
  </div>
)

export const Summary = ({ lines }: { lines: readonly string[] }) => (
  <div class="summary">
    {lines.map((line) => (
      <p key={line}>
        <Sentence text={line} />
      </p>
    ))}
  </div>
)
