import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createListener } from '../../../src/api/http/listener.ts'

/** A stream of one piece, after which it fails. */
const failing = () => {
  let pieces = 0
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => {
      if (pieces++ === 0) controller.enqueue(new TextEncoder().encode('one piece'))
      else throw new Error('the second piece is broken')
    },
  })
}

test('why a stream breaks off is told to the log', async () => {
  const reported: unknown[] = []
  const listener = createListener(
    (_, { reply }) => reply({ status: 200, headers: {}, body: failing() }),
    (error) => reported.push(error),
  )
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = z.object({ port: z.int() }).parse(server.address())
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  await expect(answer.text()).rejects.toThrow()
  expect(reported).toEqual([new Error('the second piece is broken')])
  server.close()
})
