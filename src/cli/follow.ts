/** Looks again and again for what is new, more and more seldom while nothing is. */

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
