import { createControlClient } from './control-client.ts'
import type { ControlClient } from './control-client.ts'
import { createConnections } from './transport.ts'
import type { Target } from './transport.ts'

export type { Target } from './transport.ts'

/** An emulator that runs elsewhere, and the controls over one of its workspaces. */
export interface RemoteEmulator extends ControlClient {
  /** The controls over the workspace of the key `seam_test_<label>`, which first use creates. */
  readonly workspace: (label: string) => ControlClient
  /** Closes the client's connections; the server is left as it is. */
  readonly close: () => Promise<void>
}

const LABEL = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,199}$/

/** Controls an emulator over HTTP, such as one in a container. Nothing is sent before the first call. */
export const connectEmulator = (target: Target): RemoteEmulator => connectAs(target, 'library')

/**
 * The same for one of the emulator's own tools, by whose name its calls are known.
 *
 * @param onTime is told the workspace's time with each answer
 */
export const connectAs = (
  target: Target,
  client: 'library' | 'cli',
  onTime?: (now: Date) => void,
): RemoteEmulator => {
  const { endpoint } = target
  const connections = createConnections(endpoint, client, onTime)
  const clientOf = (apiKey: string): ControlClient =>
    createControlClient({ endpoint, apiKey }, connections.as(apiKey))
  const clients = new Map<string, ControlClient>()
  return {
    ...clientOf(target.apiKey),
    workspace: (label) => {
      if (!LABEL.test(label)) {
        throw new Error(
          `"${label}" is no label: give 1 to 200 letters, digits, dots, dashes or underscores, a letter or digit first.`,
        )
      }
      const known = clients.get(label)
      if (known !== undefined) return known
      const client = clientOf(`seam_test_${label}`)
      clients.set(label, client)
      return client
    },
    close: () => {
      connections.close()
      return Promise.resolve()
    },
  }
}
