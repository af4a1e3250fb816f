/**
 * The Model Context Protocol over standard input and output: JSON-RPC, one message a line. Only what a
 * server of tools needs. Source: modelcontextprotocol.io, revision 2025-06-18.
 */
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { z } from 'zod'
import { packageVersion } from '../../lib/version.ts'

const PROTOCOL = '2025-06-18'

const message = z.looseObject({
  jsonrpc: z.literal('2.0'),
  /** Absent from notifications, which are not answered. */
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
})

const toolCall = z.looseObject({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()).default({}),
})

export interface Tool {
  name: string
  description: string
  /** The JSON schema of its arguments. */
  inputSchema: Record<string, unknown>
  /** Answers in words. @throws whatever is wrong, whose message is answered */
  run(given: Record<string, unknown>): Promise<string>
}

/** A request that is wrong in itself, with its JSON-RPC code. */
class RpcError extends Error {
  readonly code: number
  constructor(code: number, text: string) {
    super(text)
    this.code = code
  }
}

const textAnswer = (text: string, isError = false) => ({
  content: [{ type: 'text', text }],
  ...(isError && { isError: true }),
})

const callTool = async (tools: readonly Tool[], params: Record<string, unknown>) => {
  const asked = toolCall.safeParse(params)
  if (!asked.success) throw new RpcError(-32602, 'tools/call needs a name and arguments')
  const tool = tools.find(({ name }) => name === asked.data.name)
  if (tool === undefined) {
    const known = tools.map(({ name }) => name).join(', ')
    throw new RpcError(-32602, `There is no tool ${asked.data.name}. Tools: ${known}`)
  }
  try {
    return textAnswer(await tool.run(asked.data.arguments))
  } catch (error) {
    // What a tool cannot do is told to the model, which can mend its call.
    return textAnswer(error instanceof Error ? error.message : String(error), true)
  }
}

const answerTo = async (
  tools: readonly Tool[],
  instructions: string,
  { method, params }: z.output<typeof message>,
): Promise<unknown> => {
  switch (method) {
    case 'initialize':
      return {
        protocolVersion: PROTOCOL,
        capabilities: { tools: {} },
        serverInfo: { name: 'seam-emulator', version: packageVersion() },
        instructions,
      }
    case 'ping':
      return {}
    case 'tools/list':
      return {
        tools: tools.map(({ name, description, inputSchema }) => ({
          name,
          description,
          inputSchema,
        })),
      }
    case 'tools/call':
      return callTool(tools, params)
    default:
      throw new RpcError(-32601, `There is no method ${method}`)
  }
}

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Answers until the input ends, one message after the other. */
export const serveTools = async (
  tools: readonly Tool[],
  instructions: string,
  input: Readable,
  output: Writable,
): Promise<void> => {
  const send = (answer: Record<string, unknown>): void => {
    output.write(`${JSON.stringify({ jsonrpc: '2.0', ...answer })}\n`)
  }
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue
    const given = message.safeParse(parse(line))
    if (!given.success) {
      send({ id: null, error: { code: -32600, message: 'Not a JSON-RPC 2.0 request' } })
      continue
    }
    const { id } = given.data
    if (id === undefined) continue
    try {
      send({ id, result: await answerTo(tools, instructions, given.data) })
    } catch (error) {
      const code = error instanceof RpcError ? error.code : -32603
      send({ id, error: { code, message: error instanceof Error ? error.message : String(error) } })
    }
  }
}
