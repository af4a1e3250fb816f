/** Headers of the emulator's own. */

/** Who calls, when it is one of the emulator's own tools: its calls are not the integration's. */
export const CLIENT_HEADER = 'seam-emulator-client'

/** The workspace's time, on every answer and every webhook: an ISO 8601 instant. */
export const NOW_HEADER = 'seam-emulator-now'
