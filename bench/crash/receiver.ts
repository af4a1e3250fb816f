import { createServer } from 'node:http'
import { z } from 'zod'

const eventId = z.object({ event_id: z.string() })

/** A receiver inside the crash run: it outlives every emulator and refuses some deliveries. */
export type CrashReceiver = {
  url: string
  /** Event ids by the name in the path; an id counts once it was answered with 200. */
  arrived: Map<string, Set<string>>
  deliveries: () => number
  close: () => void
}

/** `refuse` draws whether a delivery is answered with 500 (and must come again). */
export function startCrashReceiver(refuse: () => boolean): Promise<CrashReceiver> {
  const arrived = new Map<string, Set<string>>()
  let deliveries = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      deliveries++
      if (refuse()) {
        response.statusCode = 500
        response.end()
        return
      }
      const name = (request.url ?? '').slice(1)
      const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString())
      const known = arrived.get(name) ?? new Set<string>()
      known.add(eventId.parse(parsed).event_id)
      arrived.set(name, known)
      response.end()
    })
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      const close = () => {
        server.close()
        server.closeAllConnections()
      }
      const url = `http://127.0.0.1:${port}`
      resolve({ url, arrived, deliveries: () => deliveries, close })
    })
  })
}
