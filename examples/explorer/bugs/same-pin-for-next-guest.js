// Planted bug: another guest of the same booking gets the PIN of the one before.
import createReference from '../reference-integration.js'

export default function createApp(parts) {
  const app = createReference(parts)
  const withoutName = (verb) => (booking) =>
    app[verb]({ ...booking, guest: { ...booking.guest, name: 'Guest' } })
  return { ...app, book: withoutName('book'), move: withoutName('move') }
}
