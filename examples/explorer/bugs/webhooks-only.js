// Planted bug: everything hangs on webhooks. Those that are lost are never made up for.
import createReference from '../reference-integration.js'

export default function createApp(parts) {
  return { ...createReference(parts), tick: () => undefined }
}
