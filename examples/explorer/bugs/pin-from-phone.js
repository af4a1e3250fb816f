// Planted bug: the PIN is the end of the guest's phone number, whoever else has it on that lock.
import createReference from '../reference-integration.js'

export default function createApp(parts) {
  let phone = ''
  const call = (path, body) =>
    parts.call(path, path === '/access_codes/create' ? { ...body, code: phone.slice(-4) } : body)
  const app = createReference({ ...parts, call })
  const withPhone = (verb) => (booking) => {
    phone = booking.guest.phone
    return app[verb](booking)
  }
  return {
    ...app,
    book: withPhone('book'),
    move: withPhone('move'),
    tick: () => undefined,
    webhook: undefined,
  }
}
