// Planted bug: local times are made with the zone's offset of the day of booking. Where clocks change
// before the guest comes, everything is an hour off.
import createReference from '../reference-integration.js'

const ZONE = 'America/Los_Angeles'

/** Hours by which the zone is behind UTC. */
const offsetAt = (iso) => {
  const text = new Date(iso).toLocaleString('en-US', {
    timeZone: ZONE,
    timeZoneName: 'shortOffset',
  })
  return Number(/GMT([+-]\d+)/.exec(text)?.[1] ?? 0)
}

export default function createApp(parts) {
  const app = createReference(parts)
  const shifted = (iso) => {
    const hours = offsetAt(iso) - offsetAt(parts.now())
    return new Date(new Date(iso).getTime() + hours * 3_600_000).toISOString()
  }
  const offBy = (verb) => (booking) =>
    app[verb]({
      ...booking,
      starts_at: shifted(booking.starts_at),
      ends_at: shifted(booking.ends_at),
    })
  return { ...app, book: offBy('book'), move: offBy('move') }
}
