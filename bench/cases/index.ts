import type { BenchCase } from '../lib/bench.ts'
import { createEmpty, createFlat, createFull, createOngoing, listCodes } from './access-codes.ts'
import { devicesGet } from './devices-get.ts'
import { engine, idle } from './engine.ts'
import { eventsList } from './events.ts'
import { isolation } from './isolation.ts'
import { scaleOut } from './scale-out.ts'
import { sqlite } from './sqlite.ts'
import { start } from './start.ts'
import { neighbours, queued, webhooks } from './webhooks.ts'

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
  engine,
  idle,
  webhooks,
  neighbours,
  queued,
  isolation,
  scaleOut,
]
