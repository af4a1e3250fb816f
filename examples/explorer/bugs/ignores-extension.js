// Planted bug: who stays longer keeps the code of the shorter stay.
import createReference from '../reference-integration.js'

export default function createApp(parts) {
  const app = createReference(parts)
  const known = new Map()
  return {
    ...app,
    book(booking) {
      known.set(booking.booking_id, booking)
      return app.book(booking)
    },
    move(booking) {
      const before = known.get(booking.booking_id) ?? booking
      known.set(booking.booking_id, booking)
      const isExtension = booking.starts_at === before.starts_at && booking.ends_at > before.ends_at
      return app.move(isExtension ? { ...booking, ends_at: before.ends_at } : booking)
    },
  }
}
