/** The adapter and the reference integration, read from their files. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { isMakeApp } from '../../explorer/adapters/functions.ts'
import type { MakeApp } from '../../explorer/adapters/functions.ts'
import { readConfig } from '../../explorer/config.ts'
import type { ExplorerConfig } from '../../explorer/config.ts'
import { AppProblem } from '../../explorer/integration.ts'
import { story } from '../../explorer/story/story.ts'
import type { Story } from '../../explorer/story/story.ts'
import { referenceIntegration, sampleAppFile } from '../../example-files.ts'
import { notFound } from '../failure.ts'

const defaultOf = async (url: URL): Promise<unknown> => {
  const module: unknown = await import(url.href)
  return z.looseObject({ default: z.unknown() }).parse(module).default
}

/** A file with an adapter, or with a function that makes the app. @throws NotFound, AppProblem */
export const loadConfig = async (file: string): Promise<ExplorerConfig> => {
  const path = resolve(file)
  if (!existsSync(path)) {
    throw notFound(`There is no ${file}. seam-emulator explore init writes one.`)
  }
  const given = await defaultOf(pathToFileURL(path))
  return readConfig(isMakeApp(given) ? { app: given, port: 0 } : given, file)
}

const makeAppOf = async (url: URL, name: string): Promise<MakeApp> => {
  const given = await defaultOf(url)
  if (isMakeApp(given)) return given
  throw new AppProblem(`${name} has no function as its default export, which makes the app.`)
}

export const loadReference = (): Promise<MakeApp> =>
  makeAppOf(referenceIntegration, 'The reference integration')

/** One of the sample apps with a planted bug. */
export const sampleApp = (name: string): Promise<MakeApp> => makeAppOf(sampleAppFile(name), name)

/** An app as a module. @throws NotFound, AppProblem */
export const loadApp = (file: string): Promise<MakeApp> => {
  const path = resolve(file)
  if (!existsSync(path)) throw notFound(`There is no ${file}.`)
  return makeAppOf(pathToFileURL(path), file)
}

/** The story of a finding's file. */
export const readStory = (file: string): Story => {
  if (!existsSync(file)) throw notFound(`There is no ${file}.`)
  const given: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return z.looseObject({ story: story() }).parse(given).story
}
