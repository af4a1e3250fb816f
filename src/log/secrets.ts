/** Keeps PINs and secrets out of the log. */
import type { Answer } from '../api/http/answer.ts'
import type { IncomingCall } from '../api/http/call.ts'

const isSecret = (name: string): boolean =>
  /code|pin|token|secret|key|pass|auth|sig/i.test(name) &&
  !/(_id|_ids|(?<!api|access|private|secret)_key|_cursor)$/i.test(name)

/** A query string in which the values of PINs and secrets are stars. */
export const maskQuery = (query: string): string =>
  query
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1)
      return isSecret(name) ? `${name}=***` : pair
    })
    .join('&')

/** A webhook's URL without the secrets that people put into one. */
export const maskUrl = (text: string): string => {
  if (!URL.canParse(text)) return text
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') {
    url.username = '***'
    url.password = ''
  }
  const query = url.search === '' ? '' : `?${maskQuery(url.search.slice(1))}`
  return `${url.protocol}//${url.username === '' ? '' : '***@'}${url.host}${url.pathname}${query}`
}

const secretTexts = /whsec_[\w+/=-]+|seam_(?:at|cst|pk)[\w.-]+/g
const pinsInJson = /"(?:code|pin)"\s*:\s*"([^"]+)"/g

/** What a refusal says, without the PIN that was sent. */
export const refusalOf = (call: IncomingCall, { status, headers, body }: Answer): string => {
  if (status < 400 || typeof body !== 'string') return ''
  const [, quoted] = /"message":("(?:[^"\\]|\\.)*")/.exec(body) ?? []
  const isPlain = headers['content-type']?.startsWith('text/plain') === true
  let message = quoted === undefined ? (isPlain ? body : '') : String(JSON.parse(quoted))
  const pins = [...call.body.matchAll(pinsInJson)].map(([, pin]) => pin)
  const inQuery = new URLSearchParams(call.query).get('code')
  for (const pin of [...pins, inQuery]) {
    if (pin !== null && pin !== undefined && pin.length > 2)
      message = message.replaceAll(pin, '****')
  }
  return message.replaceAll(secretTexts, '***')
}
