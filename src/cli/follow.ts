/** Looks again and again for what is new, more and more seldom while nothing is. */

import type { ControlClient } from '../client/control-client.ts'
import type { streamEntryKinds } from '../contract/stream.ts'

type StreamKind = (typeof streamEntryKinds)[number]

const SOON = 200
const AT_LAST = 2_000

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Never ends by itself. @param look answers whether there was anything new */
export const follow = async (look: () => Promise<boolean>): Promise<never> => {
  let wait = SOON
  for (;;) {
    wait = (await look()) ? SOON : Math.min(wait * 2, AT_LAST)
    await pause(wait)
  }
}

/** The same, by the stream: looks when something of these kinds happened. Never ends by itself. */
export const followStream = async (
  client: ControlClient,
  look: () => Promise<boolean>,
  kinds: readonly StreamKind[] = ['event'],
): Promise<never> => {
  for (;;) {
    try {
      // What came before the stream was open is seen by the first look.
      for await (const _ of await client.stream({ kinds: [...kinds] })) await look()
    } catch {
      // Who has gone away says the next look.
    }
    await look()
    await pause(SOON)
  }
}
