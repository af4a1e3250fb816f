/** A proxy before an emulator that tells what passed through it. */
import { createServer } from 'node:http'
import { z } from 'zod'

export interface Overheard {
  path: string
  body: Record<string, unknown>
  status: number
}

export interface Overhearing {
  readonly url: string
  readonly heard: Overheard[]
  readonly close: () => Promise<void>
}

const bodyOf = z.record(z.string(), z.unknown()).catch({})

const answered = async (upstream: string, path: string, headers: Headers, text: string) =>
  fetch(`${upstream}${path}`, { method: 'POST', headers, body: text })

export const startOverhearing = async (upstream: string): Promise<Overhearing> => {
  const heard: Overheard[] = []
  const server = createServer((incoming, outgoing) => {
    const { url: path = '/' } = incoming
    const headers = new Headers({ 'content-type': 'application/json' })
    headers.set('authorization', incoming.headers.authorization ?? '')
    const relayed = async (): Promise<void> => {
      let text = ''
      for await (const chunk of incoming) text += String(chunk)
      const answer = await answered(upstream, path, headers, text)
      const body = await answer.text()
      heard.push({ path, body: bodyOf.parse(JSON.parse(text)), status: answer.status })
      outgoing.writeHead(answer.status, { 'content-type': 'application/json' })
      outgoing.end(body)
    }
    relayed().catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = z.object({ port: z.number() }).parse(server.address())
  return {
    url: `http://127.0.0.1:${address.port}`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
