/** Calls to the API as an app in this process makes them: everything but the connection is real. */
import { z } from 'zod'
import type { Answer } from '../../api/http/answer.ts'
import type { App } from '../../api/http/answering.ts'
import { targetOf } from '../../api/http/target.ts'

/** What the API answered instead of 200. `type` is Seam's, where there is one. */
export interface ApiError extends Error {
  status: number
  type: string | null
}

const envelope = z.looseObject({
  error: z.looseObject({ type: z.string(), message: z.string() }),
})

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const errorOf = (path: string, status: number, body: unknown): ApiError => {
  const read = envelope.safeParse(body)
  const type = read.success ? read.data.error.type : null
  const message = read.success ? read.data.error.message : 'no JSON'
  return Object.assign(new Error(`${path} answered ${status} ${type ?? ''}: ${message}`), {
    status,
    type,
  })
}

/** One POST with a JSON body. @throws ApiError, or the network's error */
export type Call = (path: string, body?: object) => Promise<unknown>

/** The text of a body that came whole, or piece by piece. */
const textOf = async ({ body }: Answer): Promise<string> => {
  if (typeof body === 'string') return body
  if (body instanceof Uint8Array) return Buffer.from(body).toString()
  return body === null ? '' : new Response(body).text()
}

export const createCall = (
  answer: App,
  { endpoint, api_key }: { endpoint: string; api_key: string },
): Call => {
  const { host } = new URL(endpoint)
  const headers = new Map([
    ['host', host],
    ['authorization', `Bearer ${api_key}`],
    ['content-type', 'application/json'],
  ])
  return async (path, body = {}) => {
    const target = targetOf(path, host)
    if (target === undefined) throw errorOf(path, 400, undefined)
    const text = JSON.stringify(body)
    const given = await answer({
      ...target,
      method: 'POST',
      header: (name) => headers.get(name),
      text: () => text,
      node: {},
    })
    const parsed = parse(await textOf(given))
    if (given.status !== 200 || parsed === undefined) throw errorOf(path, given.status, parsed)
    return parsed
  }
}
