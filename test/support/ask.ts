/** Asks an API as `fetch` would, without a server. */
import type { Api } from '../../src/api/app.ts'

export const asker =
  (api: Api) =>
  async (path: string, init?: RequestInit): Promise<Response> => {
    const request = new Request(new URL(path, 'http://localhost'), init)
    const { origin, pathname, search } = new URL(request.url)
    const { status, headers, body } = await api({
      method: request.method,
      path: pathname,
      query: search.slice(1),
      origin,
      header: (name) => request.headers.get(name) ?? undefined,
      readBody: () => request.text(),
      connection: {},
    })
    return new Response(body, { status, headers })
  }
