/** Lengths of time in few words. */

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

/** `2 d 12 h`, `40 min`, `5 s`: the two largest units that are not nothing. */
export const spanText = (ms: number): string => {
  let rest = Math.max(0, ms)
  const words: string[] = []
  for (const [index, [unit, size]] of units.entries()) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) words.push(`${count} ${unit}`)
    // After the largest unit only the next one says something.
    if (words.length === 2 || (words.length === 1 && count === 0 && index > 0)) break
  }
  return words.length === 0 ? '0 s' : words.join(' ')
}
