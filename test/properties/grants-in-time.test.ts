/** Time is one for grants too, and whatever holds a world holds all of it. */
import { estate } from '../support/estate.ts'
import { holdTimeLaws } from '../support/time-laws.ts'
import { holdWorldLaws } from '../support/world-laws.ts'

holdTimeLaws(estate, { scale: 0.5, keepsNumbers: false })
holdWorldLaws(estate)
