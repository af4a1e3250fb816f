/** JSON that somebody names on the command line. */
import { readFileSync } from 'node:fs'
import { exitCodes } from './failure.ts'
import { messageOf } from './output.ts'

/** The file's text; `-` is standard input, as everywhere. */
const textOf = (file: string): string => {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw Object.assign(new Error(`${file} cannot be read: ${messageOf(error)}`), {
      exitCode: exitCodes.usage,
    })
  }
}

/**
 * What a file of JSON holds.
 *
 * @param example how such a file may begin, for whoever gives another one
 * @throws Error that names the file, what is wrong with it, and what is expected
 */
export const readJson = (file: string, example: string): unknown => {
  const text = textOf(file)
  try {
    return JSON.parse(text)
  } catch (error) {
    const name = file === '-' ? 'Standard input' : file
    const what = text.trim() === '' ? 'is empty' : `is not JSON: ${messageOf(error)}`
    throw Object.assign(new Error(`${name} ${what}. Expected is ${example}.`), {
      exitCode: exitCodes.usage,
    })
  }
}
