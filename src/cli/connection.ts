/** Commands that speak to a running emulator, and how they find it. */
import { Command, Option } from 'commander'
import { connectAs } from '../client/connect.ts'
import type { ControlClient } from '../client/control-client.ts'

export interface ConnectionOptions {
  url: string
  apiKey: string
  workspace?: string
  json?: boolean
}

/**
 * A command with the options that lead to a running emulator. SEAM_ENDPOINT and SEAM_API_KEY are
 * left alone on purpose: they may well hold a live account's.
 */
export const clientCommand = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .addOption(
      new Option('--url <url>', 'where the emulator runs')
        .env('SEAM_EMULATOR_URL')
        .default('http://localhost:3020'),
    )
    .addOption(
      new Option('--api-key <key>', 'API key of the workspace to act on')
        .env('SEAM_EMULATOR_API_KEY')
        .default('seam_test_default'),
    )
    .option('--workspace <label>', 'short for --api-key seam_test_<label>')
    .option('--json', 'print JSON for programs')

/** Runs `fn` with the controls over the chosen workspace. */
export const withClient = async <T>(
  options: ConnectionOptions,
  fn: (client: ControlClient) => Promise<T>,
): Promise<T> => {
  const url = /^https?:\/\//i.test(options.url) ? options.url : `http://${options.url}`
  if (!URL.canParse(url)) throw new Error(`--url ${options.url} is no URL.`)
  const endpoint = url.replace(/\/+$/, '')
  const remote = connectAs({ endpoint, apiKey: options.apiKey }, 'cli')
  try {
    return await fn(options.workspace === undefined ? remote : remote.workspace(options.workspace))
  } finally {
    await remote.close()
  }
}
