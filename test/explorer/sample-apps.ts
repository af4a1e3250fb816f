/** The apps of `examples/explorer`. */
import { z } from 'zod'
import { isMakeApp } from '../../src/explorer/adapters/functions.ts'
import type { MakeApp } from '../../src/explorer/adapters/functions.ts'

export const appOf = async (name: string): Promise<MakeApp> => {
  const file = new URL(`../../examples/explorer/${name}.js`, import.meta.url)
  const module: unknown = await import(/* @vite-ignore */ file.href)
  return z.object({ default: z.custom<MakeApp>(isMakeApp) }).parse(module).default
}
