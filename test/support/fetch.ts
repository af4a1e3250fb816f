/** The API without a socket: from a `Request` to its `Response`. */
import type { Answer } from '../../src/api/http/answer.ts'
import type { App } from '../../src/api/http/answering.ts'
import { targetOf } from '../../src/api/http/target.ts'

/** Answers of these statuses must not have a body. */
const bodiless = new Set([204, 205, 304])

const responseOf = ({ status, headers, body }: Answer, method: string): Response =>
  new Response(method === 'HEAD' || bodiless.has(status) ? null : body, { status, headers })

export const createFetch =
  (app: App) =>
  async (request: Request): Promise<Response> => {
    const { method, headers } = request
    const { host, pathname, search } = new URL(request.url)
    const target = targetOf(pathname + search, host)
    if (target === undefined) return new Response(null, { status: 400 })
    const answer = await app({
      ...target,
      method,
      header: (name) => headers.get(name) ?? undefined,
      text: () => request.text(),
      node: {},
    })
    return responseOf(answer, method)
  }
