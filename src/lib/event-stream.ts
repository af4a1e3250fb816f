/** Reads `text/event-stream` (HTML standard, "Server-sent events"), as far as the emulator writes it. */

/** One frame as it came. */
export interface RawFrame {
  event: string
  id: string | null
  data: string
}

const fieldOf = (line: string): [name: string, value: string] => {
  const colon = line.indexOf(':')
  if (colon === -1) return [line, '']
  const value = line.slice(colon + 1)
  return [line.slice(0, colon), value.startsWith(' ') ? value.slice(1) : value]
}

/** A frame of its lines; null for comments alone. */
const frameOf = (block: string): RawFrame | null => {
  let event = 'message'
  let id: string | null = null
  const data: string[] = []
  for (const line of block.split('\n')) {
    const [name, value] = fieldOf(line)
    if (name === 'event') event = value
    else if (name === 'id') id = value
    else if (name === 'data') data.push(value)
  }
  return data.length === 0 ? null : { event, id, data: data.join('\n') }
}

/** Makes what is fed with text as it comes, in pieces of any length, and answers the frames that are whole. */
export const createFrameReader = (): ((text: string) => RawFrame[]) => {
  let rest = ''
  return (text) => {
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.flatMap((block) => frameOf(block) ?? [])
  }
}
