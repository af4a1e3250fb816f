// npm run drift -- <newer @seamapi/types> [--prose]: what a newer document of Seam's says that ours does not.
// The path is the unpacked package, a checkout of its sources, or a file with the OpenAPI document.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { openapi } from '@seamapi/types/connect'
import { z } from 'zod'
import { openapiDocument } from '../src/api/openapi.ts'
import { endpoints, newerEndpoints } from '../src/api/seam/index.ts'
import { isRecord } from '../src/lib/is-record.ts'
import { driftBetween, driftLines } from './drift/compare.ts'
import type { Drift } from './drift/compare.ts'
import { parseDocument } from './drift/document.ts'
import type { ApiDocument } from './drift/document.ts'
import { factsOf } from './drift/facts.ts'

const HELP = `Usage: npm run drift -- <path> [--prose]

Compares a newer @seamapi/types with the one that the emulator follows, and tells what of it the
emulator has. <path> is the unpacked package, a checkout of its sources, or a file with the document
(.json, .js or .ts). --prose tells the changed descriptions as well.`

/** Where a package or its sources keep the document. */
const PLACES = ['connect.js', 'dist/connect.cjs', 'src/lib/seam/connect/openapi.ts']

const fileIn = (path: string): string => {
  if (!statSync(path).isDirectory()) return path
  const found = PLACES.map((place) => resolve(path, place)).find((file) => existsSync(file))
  if (found === undefined) throw new Error(`${path} has none of ${PLACES.join(', ')}`)
  return found
}

/** What a module of one kind or the other may export. */
const exported = z.looseObject({ openapi: z.unknown().optional(), default: z.unknown().optional() })
const isDocument = (value: unknown): boolean => isRecord(value) && isRecord(value['paths'])

/** The OpenAPI document in a package, in its sources or in a file. */
export const readDocument = async (path: string): Promise<unknown> => {
  const file = fileIn(resolve(path))
  if (file.endsWith('.json')) {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return parsed
  }
  const given = exported.parse(await import(pathToFileURL(file).href))
  const inner = exported.safeParse(given.default).data?.openapi
  return [given.openapi, inner, given.default].find(isDocument)
}

const namesOf = ({ components }: ApiDocument): string[] => Object.keys(components.schemas)

/** The document of the emulator; a workspace is called otherwise beside the control API's own. */
const ownDocument = (): ApiDocument => {
  const text = JSON.stringify(openapiDocument('Seam', [...endpoints, ...newerEndpoints]))
  const parsed: unknown = JSON.parse(text.replaceAll('seam_workspace', 'workspace'))
  return parseDocument(parsed)
}

/** What lies between the document that the emulator follows and another. */
export const driftOf = (newer: unknown, older: unknown = openapi): Drift => {
  const before = parseDocument(older)
  const after = parseDocument(newer)
  // What has a name in one of them only is told where it stands, as in the other.
  const known = namesOf(before)
  const named = new Set(namesOf(after).filter((name) => known.includes(name)))
  const factsIn = (document: ApiDocument) => factsOf(document, named)
  return driftBetween(factsIn(before), factsIn(after), factsIn(ownDocument()))
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { prose: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  const [path] = positionals
  if (path === undefined || values.help === true) {
    console.log(HELP)
    process.exitCode = values.help === true ? 0 : 2
  } else {
    console.log(driftLines(driftOf(await readDocument(path)), values.prose === true).join('\n'))
  }
}
