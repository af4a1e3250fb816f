/**
 * Run before each test file: properties tell the same stories each time, so that a red run is red
 * again, and what a property must have reached does not hang on luck. PROPERTY_RUNS, the long look,
 * draws new stories; fast-check prints the seed of what fails, and PROPERTY_SEED repeats it.
 */
import * as fc from 'fast-check'

const { PROPERTY_RUNS, PROPERTY_SEED } = process.env

if (PROPERTY_SEED !== undefined) fc.configureGlobal({ seed: Number(PROPERTY_SEED) })
else if (PROPERTY_RUNS === undefined) fc.configureGlobal({ seed: 15 })
