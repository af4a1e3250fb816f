// Planted bug: a call that fails once is not made again, and the booking is said to be fine.
const createApp = ({ call }) => {
  const codes = new Map()
  const attempt = async (path, body) => {
    try {
      return await call(path, body)
    } catch {
      return null
    }
  }
  const remove = async ({ booking_id }) => {
    for (const { access_code_id } of codes.get(booking_id) ?? []) {
      await attempt('/access_codes/delete', { access_code_id })
    }
    codes.delete(booking_id)
  }
  const book = async ({ booking_id, guest, device_ids, starts_at, ends_at }) => {
    const name = `${booking_id} ${guest.name}`
    for (const device_id of device_ids) {
      const made = await attempt('/access_codes/create', { device_id, name, starts_at, ends_at })
      if (made !== null) codes.set(booking_id, [...(codes.get(booking_id) ?? []), made.access_code])
    }
  }
  return {
    book,
    async move(booking) {
      await remove(booking)
      await book(booking)
    },
    cancel: remove,
  }
}

export default createApp
