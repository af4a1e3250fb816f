/** Temperatures in two units, and what a thermometer shows of them. */
import type { SetPoint } from '../../db/tables/thermostats.ts'

export const toFahrenheit = (celsius: number): number => (celsius * 9) / 5 + 32
export const toCelsius = (fahrenheit: number): number => ((fahrenheit - 32) * 5) / 9

/** The given unit as it was given, the other one converted without rounding. */
export const inCelsius = (celsius: number): SetPoint => ({
  celsius,
  fahrenheit: toFahrenheit(celsius),
})

export const inFahrenheit = (fahrenheit: number): SetPoint => ({
  celsius: toCelsius(fahrenheit),
  fahrenheit,
})

/** What the thermometer shows, in tenths of a degree Celsius; halves go up. */
export const readingOf = (celsius: number): number => Math.floor(celsius * 10 + 0.5)

/** The least temperature that is shown as this reading. */
export const leastOf = (reading: number): number => (reading - 0.5) / 10
