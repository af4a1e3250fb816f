// Planted bug: a booking has one door, thinks the app. The second one never gets a code.
import createReference from '../reference-integration.js'

export default function createApp(parts) {
  const app = createReference(parts)
  const firstDoor = (verb) => (booking) =>
    app[verb]({ ...booking, device_ids: booking.device_ids.slice(0, 1) })
  return { ...app, book: firstDoor('book'), move: firstDoor('move') }
}
