/** A client that sends bytes as they are given, over one connection that is kept. */
import { connect } from 'node:net'

export interface Speaker {
  /** Sends bytes and answers the next whole answer, an interim one (100) too. */
  ask: (bytes: string | Buffer) => Promise<{ status: number; body: string }>
  end: () => void
}

/** An answer at the beginning of the text, and how many bytes it takes; undefined while it is not whole. */
const answerIn = (received: Buffer) => {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd === -1) return undefined
  const head = received.subarray(0, headEnd).toString('latin1')
  const begin = headEnd + 4
  const end = begin + Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? '0')
  if (received.length < end) return undefined
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1])
  return { status, body: received.subarray(begin, end).toString(), end }
}

export const speakTo = (port: number): Speaker => {
  const socket = connect(port, '127.0.0.1')
  let received = Buffer.alloc(0)
  const ask = (bytes: string | Buffer) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const look = (): void => {
        const answer = answerIn(received)
        if (answer === undefined) return
        received = received.subarray(answer.end)
        socket.off('data', take).off('error', reject).off('close', broken)
        resolve({ status: answer.status, body: answer.body })
      }
      const take = (chunk: Buffer): void => {
        received = Buffer.concat([received, chunk])
        look()
      }
      const broken = (): void => reject(new Error('The connection was closed.'))
      socket.on('data', take).once('error', reject).once('close', broken)
      socket.write(bytes)
    })
  return { ask, end: () => socket.destroy() }
}
