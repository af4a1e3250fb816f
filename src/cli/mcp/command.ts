import { Command } from 'commander'
import { connectAs } from '../../client/connect.ts'

interface McpOptions {
  url?: string
  apiKey: string
}

const instructions = `Tools over simulated smart locks behind a Seam-compatible API. Time stands still until you leap.
Work like this: world, then do (create an access code), leap to the stay, and ask the door. What the API says and what the door does are two things; the door is right.
When a guest is locked out: explain the code, then test_from_history writes a test that fails.`

/** An emulator of its own, unless one that runs is named. */
const open = async ({ url, apiKey }: McpOptions) => {
  if (url !== undefined) {
    const client = connectAs({ endpoint: url.replace(/\/+$/, ''), apiKey }, 'cli')
    return { client, close: () => client.close() }
  }
  const { startEmulator } = await import('../../emulator.ts')
  const emulator = await startEmulator({
    port: 0,
    host: '127.0.0.1',
    db: ':memory:',
    fixture: 'default',
    clock: { mode: 'frozen' },
    api_key: apiKey,
    check_responses: false,
  })
  const client = connectAs({ endpoint: emulator.endpoint, apiKey }, 'cli')
  return {
    client,
    close: async () => {
      await client.close()
      await emulator.close()
    },
  }
}

const run = async (options: McpOptions): Promise<void> => {
  const [{ serveTools }, { createTools }] = await Promise.all([
    import('./protocol.ts'),
    import('./tools.ts'),
  ])
  const { client, close } = await open(options)
  try {
    const where = `The emulator answers at ${client.endpoint} with the API key ${client.apiKey}.`
    const tools = createTools(client)
    await serveTools(tools, `${instructions}\n${where}`, process.stdin, process.stdout)
  } finally {
    await close()
  }
}

export const mcpCommand = (): Command =>
  new Command('mcp')
    .description('tools for coding agents, over standard input and output (Model Context Protocol)')
    .option('--url <url>', 'an emulator that runs; one of its own when not given')
    .option('--api-key <key>', 'API key of the workspace', 'seam_test_default')
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator mcp                                   with an emulator of its own

In an agent's configuration:
  {"mcpServers": {"seam-emulator": {"command": "npx", "args": ["seam-emulator", "mcp"]}}}`,
    )
    .action(run)
