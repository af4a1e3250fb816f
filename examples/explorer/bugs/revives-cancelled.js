// Planted bug: looks something up before it makes a change, and does not see that the stay was cancelled
// meanwhile. Only two messages at once show it.
import createReference from '../reference-integration.js'

export default function createApp(parts) {
  const app = createReference(parts)
  const move = async (booking) => {
    await parts.call('/devices/list', { device_ids: [...booking.device_ids] })
    await app.move(booking)
  }
  return { ...app, move }
}
