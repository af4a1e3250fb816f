// Planted bug: trouble is written to a log that nobody reads.
import createReference from '../reference-integration.js'

export default function createApp(parts) {
  return createReference({ ...parts, alert: () => undefined })
}
