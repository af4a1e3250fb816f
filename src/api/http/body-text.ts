/** A body's bytes as text: what came compressed or in another charset than UTF-8 is read, or refused by name. */
import { isUtf8 } from 'node:buffer'
import type { IncomingHttpHeaders } from 'node:http'
import { apiError } from './errors.ts'

const BYTE_ORDER_MARK = '\uFEFF'

const charsetOf = (contentType = ''): string => {
  if (!contentType.includes(';')) return 'utf-8'
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8'
}

const isNamedUtf8 = (charset: string): boolean => charset === 'utf-8' || charset === 'utf8'

const unreadable = (message: string) => apiError(415, 'unsupported_media_type', message)

/** Node's decompression of each content-encoding; loaded for those who use it. */
const decompress = (encoding: string, bytes: Buffer, limit: number): Buffer => {
  const zlib = process.getBuiltinModule('node:zlib')
  const readers: Readonly<Record<string, typeof zlib.gunzipSync>> = {
    gzip: zlib.gunzipSync,
    'x-gzip': zlib.gunzipSync,
    deflate: zlib.inflateSync,
    br: zlib.brotliDecompressSync,
  }
  const reader = readers[encoding]
  if (reader === undefined) {
    const known = Object.keys(readers).join(', ')
    throw unreadable(`The content-encoding ${encoding} is not known. Known: identity, ${known}.`)
  }
  try {
    return reader(bytes, { maxOutputLength: limit })
  } catch (error) {
    const isTooLarge = error instanceof RangeError
    throw isTooLarge
      ? apiError(413, 'request_too_large', `The body is larger than ${limit} bytes, decompressed.`)
      : apiError(400, 'invalid_body', `The body is not what its content-encoding ${encoding} says.`)
  }
}

const textIn = (charset: string, bytes: Buffer): string => {
  if (isNamedUtf8(charset)) {
    if (isUtf8(bytes)) return bytes.toString()
    throw apiError(
      400,
      'invalid_body',
      'The body is not valid UTF-8. Send it in UTF-8, or name its charset in content-type.',
    )
  }
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    throw unreadable(`The body cannot be read in the charset ${charset}. Send it in UTF-8.`)
  }
}

/**
 * @param limit bytes that the body may have once it is decompressed
 * @throws 400 `invalid_body`, 413 `request_too_large`, 415 `unsupported_media_type`
 */
export const bodyText = (bytes: Buffer, headers: IncomingHttpHeaders, limit: number): string => {
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity'
  const plain = encoding === 'identity' ? bytes : decompress(encoding, bytes, limit)
  const text = textIn(charsetOf(headers['content-type']), plain)
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}
