/** Units that brand files share; what whole locks have in common stands in `../residential.ts`. */

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** Seam polls accounts and devices every ten minutes (Seam docs: displaying device health). */
export const seamPoll = 10 * minute

/** Lengths from `from` to `to`, both included. */
export const digits = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)
