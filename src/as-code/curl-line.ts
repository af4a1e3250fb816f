import type { Action, Target } from './action.ts'
import { plainJson } from './printable.ts'
import { shellWord } from './shell.ts'

/** The action as a line for a POSIX shell with curl. */
export const curlLine = ({ path, body }: Action, { endpoint, apiKey }: Target): string =>
  [
    'curl',
    shellWord(`${endpoint}${path}`),
    `-H ${shellWord(`authorization: Bearer ${apiKey}`)}`,
    "-H 'content-type: application/json'",
    `-d ${shellWord(plainJson(body))}`,
  ].join(' ')
