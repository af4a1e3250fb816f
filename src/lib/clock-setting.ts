/** How a clock is asked for in one word: `realtime`, `x60`, `frozen`, `frozen@2025-01-01T00:00:00Z`. */
import { BEGIN_OF_TIME, END_OF_TIME } from './instant.ts'
import { instantProblem, readInstant } from './parse-instant.ts'

export interface ClockSetting {
  mode: 'realtime' | 'scaled' | 'frozen'
  /** First instant, ms. */
  at?: number
  rate?: number
}

/** A clock as a program asks for it: the first instant also as a Date or as ISO 8601 text. */
export interface ClockOption extends Omit<ClockSetting, 'at'> {
  at?: number | string | Date
}

const CLOCK_FORMS =
  'realtime, frozen, x60 (sixty times as fast), each with an optional first instant as in frozen@2025-01-01T00:00:00Z'

/** @throws Error that says what is wrong with it */
const firstInstant = (at: number | string | Date): number => {
  if (typeof at === 'string') {
    const read = readInstant(at)
    if (typeof read === 'number') return read
    throw new Error(`${JSON.stringify(at)} is no first instant: ${instantProblem(at, read)}.`)
  }
  const ms = Number(at)
  if (Number.isInteger(ms) && ms >= BEGIN_OF_TIME && ms <= END_OF_TIME) return ms
  throw new Error(
    `"${String(at)}" is no first instant. Give ISO 8601, a Date or whole milliseconds, in the years 0000 to 9999.`,
  )
}

/** Reads a clock setting. @throws Error that names the forms */
export const parseClockSetting = (text: string): ClockSetting => {
  const [kind = '', start, ...rest] = text.trim().split('@')
  const refuse = (): Error =>
    new Error(`"${text}" is no clock setting. Write one of: ${CLOCK_FORMS}.`)
  if (rest.length > 0) throw refuse()
  const from = start === undefined ? {} : { at: firstInstant(start) }
  if (kind === 'realtime' || kind === 'frozen') return { mode: kind, ...from }
  const [, factor] = /^[x×](\d+(?:\.\d+)?)$/i.exec(kind) ?? []
  const rate = Number(factor)
  if (factor === undefined || rate <= 0 || rate > 1_000_000) throw refuse()
  return { mode: 'scaled', rate, ...from }
}

/** Reads a clock that is given as an object. @throws Error that says what is wrong with it */
export const readClockOption = ({ mode, at, rate }: ClockOption): ClockSetting => {
  if (!['realtime', 'scaled', 'frozen'].includes(mode)) {
    throw new Error(`"${mode}" is no clock mode. Give realtime, scaled or frozen.`)
  }
  if (rate !== undefined && !(rate > 0 && rate <= 1_000_000)) {
    throw new Error(`${rate} is no rate of a clock. Give a number above 0, up to 1000000.`)
  }
  return {
    mode,
    ...(at !== undefined && { at: firstInstant(at) }),
    ...(rate !== undefined && { rate }),
  }
}
