/** What every kind of step has: its parameters, how likely it is, what it does, how it is told. */
import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import type { Dice } from '../dice.ts'
import type { Door, Stage } from '../../play/stage.ts'
import { step } from '../story.ts'
import type { Step } from '../story.ts'

/** A booking of the story that is being made, in minutes of the story. */
export interface PlannedStay {
  stay: string
  device_ids: readonly string[]
  booked_at: number
  from: number
  to: number
}

/** What a draw can look at. */
export interface Scene {
  readonly dice: Dice
  readonly doors: readonly Door[]
  readonly stays: readonly PlannedStay[]
  /** A minute at which things tend to go wrong for this stay: around booking, programming, arrival, departure. */
  readonly moment: (stay: PlannedStay) => number
}

/** The names by which a story speaks of its doors. */
export interface Names {
  door: (device_id: string) => string
}

export type Level = 1 | 2 | 3

export interface Trouble {
  /** From which level of stories on it comes. */
  readonly level: Level
  /** How often it comes, beside the others. */
  readonly weight: number
  /** Checks a step of this kind. @throws ZodError */
  readonly check: (given: Step) => void
  /** Steps of this kind for one of the story's stays; none where it does not fit. */
  readonly draw: (scene: Scene, stay: PlannedStay) => Step[]
  readonly act: (stage: Stage, given: Step) => void
  readonly sentence: (given: Step, names: Names) => string
}

interface Spec<S extends z.ZodRawShape> {
  level: Level
  weight: number
  params: () => S
  draw: (scene: Scene, stay: PlannedStay) => ({ at: number } & z.output<z.ZodObject<S>>)[]
  act: (stage: Stage, given: z.output<z.ZodObject<S>>) => void
  sentence: (given: z.output<z.ZodObject<S>>, names: Names) => string
}

/** A kind of trouble. Its parameters are read from the step, which is plain data, whenever it is used. */
export const trouble = <S extends z.ZodRawShape>(does: string, spec: Spec<S>): Trouble => {
  const params = once(() => z.object(spec.params()))
  return {
    level: spec.level,
    weight: spec.weight,
    check: (given) => void params().parse(given),
    draw: (scene, stay) => spec.draw(scene, stay).map((drawn) => step().parse({ ...drawn, does })),
    act: (stage, given) => spec.act(stage, params().parse(given)),
    sentence: (given, names) => spec.sentence(params().parse(given), names),
  }
}

/** Minutes as people say them. */
export const lengthInWords = (minutes: number): string => {
  const plural = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? '' : 's'}`
  if (minutes < 1) return plural(Math.round(minutes * 60), 'second')
  if (minutes < 120) return plural(Math.round(minutes), 'minute')
  if (minutes < 48 * 60) return plural(Math.round(minutes / 6) / 10, 'hour')
  return plural(Math.round(minutes / 144) / 10, 'day')
}
