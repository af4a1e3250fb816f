/** Sets of instants as lists of intervals: each holds its start and not its end; sorted, apart. */

export interface Interval {
  from: number
  to: number
}

export type Intervals = readonly Interval[]

/** Sorts, drops what is empty, and joins what overlaps or touches. */
export const normalize = (list: Intervals): Interval[] => {
  const joined: Interval[] = []
  for (const { from, to } of list
    .filter((it) => it.from < it.to)
    .toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else joined.push({ from, to })
  }
  return joined
}

/** What is in both. Both are normalized. */
export const intersect = (a: Intervals, b: Intervals): Interval[] =>
  normalize(
    a.flatMap((x) => b.map((y) => ({ from: Math.max(x.from, y.from), to: Math.min(x.to, y.to) }))),
  )

/** What is in `a` and not in `b`. Both are normalized. */
export const subtract = (a: Intervals, b: Intervals): Interval[] => {
  let rest: Interval[] = [...a]
  for (const { from, to } of b) {
    rest = rest.flatMap((it) =>
      to <= it.from || from >= it.to
        ? [it]
        : [
            { from: it.from, to: Math.min(it.to, from) },
            { from: Math.max(it.from, to), to: it.to },
          ].filter((part) => part.from < part.to),
    )
  }
  return rest
}

/** How long all of it lasts, ms. */
export const lengthOf = (list: Intervals): number =>
  list.reduce((sum, { from, to }) => sum + to - from, 0)
