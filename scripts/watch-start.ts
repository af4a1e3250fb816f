// Starts the program of the file that it is given, and says which of its functions were called. Once it
// gets a message it sends the ranges of these functions, and ends.
import { Session } from 'node:inspector/promises'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

const url = pathToFileURL(process.argv[2] ?? '').href
const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })

const tell = async (): Promise<void> => {
  const { result } = await session.post('Profiler.takePreciseCoverage')
  const functions = result.find((script) => script.url === url)?.functions ?? []
  const called = functions.flatMap(({ ranges: [range] }) =>
    range === undefined || range.count === 0 ? [] : [[range.startOffset, range.endOffset]],
  )
  process.send?.(called, () => process.exit(0))
}
process.once('message', () => void tell())

const program = z.object({ main: z.function({ input: [z.array(z.string())] }) })
const { main } = program.parse(await import(url))
await main(['start', '--port', '0', '--json', '--log-level', 'error'])
