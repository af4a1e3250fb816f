/** What waits for readers is bounded, and what they missed is kept for a while. */
import { describe, expect, test } from 'vitest'
import { createRing, frameText } from '../../../src/driver/live/frames.ts'
import { createReader } from '../../../src/driver/live/reader.ts'
import { createFrameReader } from '../../../src/lib/event-stream.ts'

const decoder = new TextDecoder()

const textOf = async (stream: ReadableStream<Uint8Array>): Promise<string> => {
  let text = ''
  for await (const chunk of stream) text += decoder.decode(chunk, { stream: true })
  return text
}

describe('a reader', () => {
  test('gets everything in order, and the end', async () => {
    let gone = 0
    const { stream, send, end } = createReader(() => gone++)
    for (let n = 0; n < 100; n++) send(`${n}\n`)
    end()
    send('too late')
    const text = await textOf(stream)
    expect(text.trim().split('\n').map(Number)).toEqual(Array.from({ length: 100 }, (_, n) => n))
    expect(gone).toBe(1)
  })

  test('who takes nothing loses what waits for him, and is told once', async () => {
    const { stream, send, end } = createReader(() => undefined)
    const big = frameText('change', { text: 'x'.repeat(50_000) }, 'g-1')
    for (let n = 0; n < 1_000; n++) send(big)
    send(frameText('change', { last: true }, 'g-2'))
    end()
    const text = await textOf(stream)
    expect(text.length).toBeLessThan(1_200_000)
    const frames = createFrameReader()(text)
    expect(frames.filter(({ event }) => event === 'resync').map(({ data }) => data)).toEqual([
      '{"reason":"slow_reader"}',
    ])
    expect(frames.at(-1)?.data).toBe('{"last":true}')
  })

  test('who leaves is forgotten', async () => {
    let gone = 0
    const { stream, send, end } = createReader(() => gone++)
    send('a')
    await stream.cancel()
    send('b')
    end()
    expect(gone).toBe(1)
  })
})

describe('the ring', () => {
  test('has the last thousand frames, and knows what it has not', () => {
    const ring = createRing<number>(0)
    expect(ring.after(0)).toEqual([])
    for (let seq = 1; seq <= 1_500; seq++) ring.add(seq, seq, 10)
    expect(ring.after(1_497)).toEqual([1_498, 1_499, 1_500])
    expect(ring.after(1_500)).toEqual([])
    expect(ring.after(500)).toHaveLength(1_000)
    for (const seq of [499, 1_501, -1, Number.NaN, 1.5]) expect(ring.after(seq)).toBeNull()
  })

  test('keeps no more text than it may', () => {
    const ring = createRing<number>(0)
    for (let seq = 1; seq <= 10; seq++) ring.add(seq, seq, 1_000_000)
    expect(ring.after(6)).toEqual([7, 8, 9, 10])
    expect(ring.after(5)).toBeNull()
    ring.add(11, 11, 9_000_000)
    expect(ring.after(10)).toBeNull()
    expect(ring.after(11)).toEqual([])
  })
})

test('frames are read whole, however they are cut', () => {
  const text = `${frameText('hello', { text: 'a\nb: c' }, 'g-1')}: \n\n${frameText('gone', {}, null)}`
  for (let size = 1; size < text.length; size++) {
    const read = createFrameReader()
    const frames = []
    for (let at = 0; at < text.length; at += size) frames.push(...read(text.slice(at, at + size)))
    expect(frames).toEqual([
      { event: 'hello', id: 'g-1', data: '{"text":"a\\nb: c"}' },
      { event: 'gone', id: null, data: '{}' },
    ])
  }
})
