/** One connection to the stream of what happens. */
import type { StreamFrame } from '../../contract/stream.ts'
import { createFrameReader } from '../../lib/event-stream.ts'
import type { RawFrame } from '../../lib/event-stream.ts'
import { readRefusal, send } from './client.ts'

/** Frames as the server of the same version sends them. */
const isFrame = (value: { event: string }): value is StreamFrame =>
  ['hello', 'change', 'leap', 'resync', 'gone'].includes(value.event)

const frameOf = ({ event, id, data }: RawFrame): StreamFrame | null => {
  const parsed: unknown = JSON.parse(data)
  const frame = { event, id, data: parsed }
  return isFrame(frame) ? frame : null
}

/** The server's heart beats every 15 s: one that misses two beats is not there. */
const SILENCE = 40_000

interface Reading {
  /** The last frame that was read: the stream goes on from there. */
  lastEventId: string | null
  signal: AbortSignal
  onFrame: (frame: StreamFrame) => void
}

/** Reads until the connection ends. @throws ApiError where it is refused, TypeError where nobody answers */
export const readStream = async ({ lastEventId, signal, onFrame }: Reading): Promise<void> => {
  const silent = new AbortController()
  const headers: Record<string, string> =
    lastEventId === null ? {} : { 'last-event-id': lastEventId }
  const whole = AbortSignal.any([signal, silent.signal])
  const response = await send('/_emulator/stream', {}, { signal: whole, headers })
  if (!response.ok || response.body === null) throw await readRefusal(response)
  const read = createFrameReader()
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  let watch = setTimeout(() => silent.abort(), SILENCE)
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      clearTimeout(watch)
      watch = setTimeout(() => silent.abort(), SILENCE)
      for (const raw of read(decoder.decode(next.value, { stream: true }))) {
        const frame = frameOf(raw)
        if (frame !== null) onFrame(frame)
      }
    }
  } finally {
    clearTimeout(watch)
  }
}
