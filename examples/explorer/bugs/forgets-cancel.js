// Planted bug: a cancelled booking leaves its code on the lock.
import createReference from '../reference-integration.js'

export default function createApp(parts) {
  return { ...createReference(parts), cancel: () => undefined }
}
