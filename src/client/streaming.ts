/** The stream of what happens in a workspace, for the library and the command line. */
import { z } from 'zod'
import { streamFrames, streamRoute } from '../contract/stream.ts'
import type { StreamFrame } from '../contract/stream.ts'
import type { InputOf } from '../contract/route.ts'
import { createFrameReader } from '../lib/event-stream.ts'
import type { RawFrame } from '../lib/event-stream.ts'
import { looseReader } from './ask.ts'
import type { Transport } from './transport.ts'

/** What is wanted of the stream. */
export type StreamInput = InputOf<typeof streamRoute> & {
  /** The `id` of the last frame that was read: the stream goes on from there. */
  lastEventId?: string | undefined
  /** Ends the stream. */
  signal?: AbortSignal | undefined
}

const known = (event: string): event is StreamFrame['event'] => Object.hasOwn(streamFrames(), event)

const anyFrame = z.custom<StreamFrame>(() => true)

/** A frame that this version knows; a newer server may send others. */
const parsed = ({ event, id, data }: RawFrame): StreamFrame[] => {
  if (!known(event)) return []
  const value = looseReader<unknown>(streamFrames()[event]).parse(JSON.parse(data))
  return [anyFrame.parse({ event, id, data: value })]
}

async function* framesOf(texts: AsyncIterable<string>): AsyncGenerator<StreamFrame, void> {
  const read = createFrameReader()
  for await (const text of texts) for (const raw of read(text)) yield* parsed(raw)
}

/** Opens the stream; resolves once the emulator has answered. Leaving the loop closes it. */
export const streaming =
  ({ stream }: Transport) =>
  async ({ lastEventId, signal, ...input }: StreamInput = {}): Promise<
    AsyncGenerator<StreamFrame, void>
  > =>
    framesOf(await stream(streamRoute.path, input, { lastEventId, signal }))
