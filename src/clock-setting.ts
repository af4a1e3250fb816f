/** How a clock is asked for in one word: `realtime`, `x60`, `frozen`, `frozen@2025-01-01T00:00:00Z`. */

export interface ClockSetting {
  mode: 'realtime' | 'scaled' | 'frozen'
  /** First instant, ms. */
  at?: number
  rate?: number
}

const CLOCK_FORMS =
  'realtime, frozen, x60 (sixty times as fast), each with an optional first instant as in frozen@2025-01-01T00:00:00Z'

/** Reads a clock setting. @throws Error that names the forms */
export const parseClockSetting = (text: string): ClockSetting => {
  const [kind = '', start, ...rest] = text.trim().split('@')
  const refuse = (): Error =>
    new Error(`"${text}" is no clock setting. Write one of: ${CLOCK_FORMS}.`)
  if (rest.length > 0) throw refuse()
  const at = start === undefined ? undefined : Date.parse(start)
  if (Number.isNaN(at)) throw refuse()
  const from = at === undefined ? {} : { at }
  if (kind === 'realtime' || kind === 'frozen') return { mode: kind, ...from }
  const [, factor] = /^[x×](\d+(?:\.\d+)?)$/i.exec(kind) ?? []
  const rate = Number(factor)
  if (factor === undefined || rate <= 0 || rate > 1_000_000) throw refuse()
  return { mode: 'scaled', rate, ...from }
}
