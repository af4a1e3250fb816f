import { readFileSync } from 'node:fs'
import { isRecord } from './is-record.ts'

/** Every start asks for it: zod would make a parser for this one file. */
const versionIn = (manifest: unknown): string | undefined =>
  isRecord(manifest) &&
  manifest['name'] === 'seam-emulator' &&
  typeof manifest['version'] === 'string'
    ? manifest['version']
    : undefined

/** This package's version, read from its manifest: one folder up once built, further from source. */
export const packageVersion = (): string => {
  for (const up of ['../package.json', '../../package.json']) {
    try {
      const found = versionIn(JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')))
      if (found !== undefined) return found
    } catch {
      // Not there: one folder further up.
    }
  }
  return 'unknown'
}
