/** Time is one in a hotel with locks, thermostats, noise sensors and an access system, and a file holds all of it. */
import { mixedHotel } from '../support/mixed-hotel.ts'
import { holdTimeLaws } from '../support/time-laws.ts'
import { holdWorldLaws } from '../support/world-laws.ts'

holdTimeLaws(mixedHotel, { scale: 0.25 })
holdWorldLaws(mixedHotel)
