// Planted bug: the code is made by a job that runs now and then, for guests whose stay has begun.
import createReference from '../reference-integration.js'

export default function createApp(parts) {
  const app = createReference(parts)
  const waiting = new Map()
  const later = (verb) => (booking) => void waiting.set(booking.booking_id, { verb, booking })
  return {
    ...app,
    book: later('book'),
    move: later('move'),
    cancel(booking) {
      waiting.delete(booking.booking_id)
      return app.cancel(booking)
    },
    async tick(now) {
      for (const [id, { verb, booking }] of waiting) {
        if (booking.starts_at > now) continue
        waiting.delete(id)
        await app[verb](booking)
      }
      await app.tick(now)
    },
  }
}
