/** How many letters must be typed, dropped or changed to turn one text into the other. */
const distance = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}

/** The name that was probably meant; undefined when nothing is near. */
export const nearest = (name: string, candidates: readonly string[]): string | undefined => {
  // Long texts are not typos, and comparing them would be a way to keep the server busy.
  if (name.length > 100) return undefined
  let best: string | undefined
  let bestDistance = Math.min(4, name.length / 2)
  for (const candidate of candidates) {
    const d = distance(name, candidate)
    if (d < bestDistance) [best, bestDistance] = [candidate, d]
  }
  return best
}
