// Planted bug: a code that was created is believed to be on the lock. Nobody looks.
import createReference from '../reference-integration.js'

export default function createApp(parts) {
  const app = createReference({ ...parts, alert: () => undefined })
  return {
    ...app,
    webhook: () => undefined,
    tick: () => undefined,
    pin_of: (booking) => ({ ...app.pin_of(booking), is_ready: true }),
  }
}
