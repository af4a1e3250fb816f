import type { BenchCase } from '../lib/bench.ts'
import { createEmpty, createFlat, createFull, createOngoing, listCodes } from './access-codes.ts'
import { climateYear } from './climate.ts'
import { devicesGet } from './devices-get.ts'
import { consolePage } from './console.ts'
import { createFile } from './create-file.ts'
import { engine, idle } from './engine.ts'
import { eventsList } from './events.ts'
import { explorer } from './explorer.ts'
import { grants } from './grants.ts'
import { longLists } from './long-lists.ts'
import { isolation } from './isolation.ts'
import { restFake } from './rest-fake.ts'
import { scaleOut } from './scale-out.ts'
import { sdk } from './sdk.ts'
import { sqlite } from './sqlite.ts'
import { start } from './start.ts'
import { stays } from './stays.ts'
import { neighbours, queued, webhooks } from './webhooks.ts'

export const cases: BenchCase[] = [
  start,
  devicesGet,
  sdk,
  stays,
  createEmpty,
  createFull,
  createFlat,
  createOngoing,
  createFile,
  listCodes,
  eventsList,
  sqlite,
  engine,
  idle,
  climateYear,
  longLists,
  restFake,
  grants,
  explorer,
  consolePage,
  webhooks,
  neighbours,
  queued,
  isolation,
  scaleOut,
]
