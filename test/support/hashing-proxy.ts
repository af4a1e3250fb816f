/** What examples/scale-out has nginx do, for machines without nginx: a key always meets one process. */
import { createHash } from 'node:crypto'
import { createServer, request } from 'node:http'

export interface HashingProxy {
  readonly url: string
  readonly close: () => void
}

const numberOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE()

/** @param choose a number for each request, by which its process is chosen */
export const startHashingProxy = (
  upstreams: readonly string[],
  choose = numberOf,
): Promise<HashingProxy> =>
  new Promise((resolve) => {
    const server = createServer((incoming, outgoing) => {
      const { authorization = '' } = incoming.headers
      const upstream = upstreams[choose(authorization) % upstreams.length] ?? ''
      const onward = request(`${upstream}${incoming.url ?? '/'}`, {
        method: incoming.method ?? 'GET',
        headers: incoming.headers,
      })
      onward.once('response', (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      })
      onward.once('error', () => outgoing.destroy())
      incoming.pipe(onward)
    })
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      resolve({
        url: `http://127.0.0.1:${port}`,
        close: () => {
          server.close()
          server.closeAllConnections()
        },
      })
    })
  })
