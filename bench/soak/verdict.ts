import { median, slope } from '../lib/stats.ts'

export type Sample = { seconds: number; rss_mb: number; handles: number }

export type Verdict = {
  flat: boolean
  /** Least squares over all but the first third. */
  mb_per_minute: number
  /** Median of the last third minus median of the middle third. */
  grown_mb: number
  allowed_mb: number
  grown_handles: number
}

// A collector lets memory wave; a leak of one kilobyte per request is ten times this.
const allowedShare = 0.15
const flatLeast = 25
/** In a run of less than two minutes caches with a bound are still filling: only gross leaks show. */
export const shortRunLeast = 120
const allowedHandles = 8

/**
 * Judges samples taken at equal distances. The first third is warm-up (caches, compiled code) and
 * says nothing; memory is flat when the last third is no higher than the middle one but for a wave.
 */
export function judge(samples: Sample[], allowedLeast = flatLeast): Verdict {
  const third = Math.floor(samples.length / 3)
  const middle = samples.slice(third, samples.length - third)
  const last = samples.slice(samples.length - third)
  const memory = (part: Sample[]) => median(part.map(({ rss_mb }) => rss_mb))
  const handles = (part: Sample[]) => median(part.map((sample) => sample.handles))
  const grown_mb = memory(last) - memory(middle)
  const grown_handles = handles(last) - handles(middle)
  const allowed_mb = Math.max(allowedLeast, memory(middle) * allowedShare)
  const points = samples.slice(third).map(({ seconds, rss_mb }) => ({ x: seconds, y: rss_mb }))
  return {
    flat: grown_mb <= allowed_mb && grown_handles <= allowedHandles,
    mb_per_minute: slope(points) * 60,
    grown_mb,
    allowed_mb,
    grown_handles,
  }
}
