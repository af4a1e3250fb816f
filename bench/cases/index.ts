import type { BenchCase } from '../lib/bench.ts'
import { createEmpty, createFlat, createFull, createOngoing, listCodes } from './access-codes.ts'
import { devicesGet } from './devices-get.ts'
import { eventsList } from './events.ts'
import { sqlite } from './sqlite.ts'
import { start } from './start.ts'

export const cases: BenchCase[] = [
  start,
  devicesGet,
  createEmpty,
  createFull,
  createFlat,
  createOngoing,
  listCodes,
  eventsList,
  sqlite,
]
