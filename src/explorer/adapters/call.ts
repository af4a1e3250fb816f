/** Calls to the API as an app in this process makes them: everything but the connection is real. */
import { z } from 'zod'

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

export const createCall =
  (
    answer: (request: Request) => Promise<Response>,
    { endpoint, api_key }: { endpoint: string; api_key: string },
  ): Call =>
  async (path, body = {}) => {
    const response = await answer(
      new Request(endpoint + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${api_key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
    const parsed = parse(await response.text())
    if (response.status !== 200 || parsed === undefined) {
      throw errorOf(path, response.status, parsed)
    }
    return parsed
  }
