/** Time is one among flats whose cards carry what their doors have seen, and doors that share zones. */
import { flats } from '../support/flats.ts'
import { holdTimeLaws } from '../support/time-laws.ts'
import { holdWorldLaws } from '../support/world-laws.ts'

holdTimeLaws(flats, { scale: 0.25 })
holdWorldLaws(flats)
