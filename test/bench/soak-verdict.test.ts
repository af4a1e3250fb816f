import { describe, expect, it } from 'vitest'
import { judge } from '../../bench/soak/verdict.ts'

const samples = (memory: (second: number) => number, handles: (second: number) => number) =>
  Array.from({ length: 90 }, (_, seconds) => ({
    seconds,
    rss_mb: memory(seconds),
    handles: handles(seconds),
  }))

describe('the verdict of a soak', () => {
  it('forgives warm-up and the waves of a collector', () => {
    const wave = (second: number) => Math.min(100, 60 + second * 4) + (second % 7) * 3
    expect(judge(samples(wave, () => 30)).flat).toBe(true)
  })

  it('finds memory that keeps growing, and says how fast', () => {
    const verdict = judge(
      samples(
        (second) => 100 + second,
        () => 30,
      ),
    )
    expect(verdict.flat).toBe(false)
    expect(verdict.mb_per_minute).toBeCloseTo(60)
  })

  it('finds handles that keep growing', () => {
    expect(
      judge(
        samples(
          () => 100,
          (second) => 30 + second,
        ),
      ).flat,
    ).toBe(false)
  })
})
