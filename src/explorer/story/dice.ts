/** Repeatable choices: the same seed and name, asked the same questions, give the same answers. */
import { createStream } from '../../sim/kernel/random.ts'

export interface Dice {
  /** A fraction in [0, 1). */
  fraction(): number
  /** Whether something of this likelihood, 0 to 1, happens. */
  happens(likelihood: number): boolean
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  /** One of the list. @throws RangeError for an empty one */
  pick<T>(list: readonly T[]): T
  /** One of the list, each as likely as its weight says. @throws RangeError for an empty one */
  weighted<T extends { weight: number }>(list: readonly T[]): T
}

export const createDice = (seed: string, name: string): Dice => {
  const stream = createStream(seed, name)
  let position = 0
  const fraction = (): number => stream.fraction(position++)
  const between = (least: number, most: number): number =>
    least + Math.floor(fraction() * (most - least + 1))
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[between(0, list.length - 1)]
    if (chosen === undefined) throw new RangeError('There is nothing to choose from')
    return chosen
  }
  return {
    fraction,
    happens: (likelihood) => fraction() < likelihood,
    between,
    pick,
    weighted: (list) => {
      const total = list.reduce((sum, { weight }) => sum + weight, 0)
      let rest = fraction() * total
      for (const one of list) {
        rest -= one.weight
        if (rest < 0) return one
      }
      return pick(list)
    },
  }
}
