import { readFileSync } from 'node:fs'
import { z } from 'zod'

const manifest = z.object({ name: z.literal('seam-emulator'), version: z.string() })

/** This package's version, read from its manifest: one folder up once built, further from source. */
export const packageVersion = (): string => {
  for (const up of ['../package.json', '../../package.json']) {
    try {
      return manifest.parse(JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'))).version
    } catch {
      // Not there: one folder further up.
    }
  }
  return 'unknown'
}
