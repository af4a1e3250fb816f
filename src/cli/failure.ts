/** How a command ends that did not do what it was told. */
import { isEmulatorError } from '../client/transport.ts'
import { messageOf } from './output.ts'

/** The exit codes, as the guide to the command line documents them. */
export const exitCodes = {
  /** The answer is no: refused by the emulator, a door that stays shut, something found wrong. */
  no: 1,
  /** The command line is wrong. */
  usage: 2,
  /** Nobody answers there. */
  unreachable: 3,
  /** There is no such thing. */
  notFound: 4,
  /** Nothing was found wrong, and not all that was to happen has happened. */
  notReached: 5,
} as const

/** Something that a command looked for by itself and did not find. */
export const notFound = (message: string): Error =>
  Object.assign(new Error(message), { name: 'NotFound' })

export const codeOf = (error: unknown): number => {
  if (!(error instanceof Error)) return exitCodes.no
  if ('exitCode' in error && typeof error.exitCode === 'number') return error.exitCode
  if (error.name === 'EmulatorUnreachable') return exitCodes.unreachable
  const isMissing =
    error.name === 'NotFound' || (isEmulatorError(error) && error.type.endsWith('_not_found'))
  return isMissing ? exitCodes.notFound : exitCodes.no
}

/** In the emulator's words, without the route that the command called for it. */
export const sentenceOf = (error: unknown): string => {
  if (!isEmulatorError(error)) return messageOf(error)
  const [, message = error.message] = /^\S+ answered \d+ \S+: ([\s\S]*)$/.exec(error.message) ?? []
  return `${message} (${error.type})`
}
