// Planted bug: the code is created and believed. Nobody looks whether it reached the lock.
export default function createApp({ call }) {
  const codes = new Map()
  const create = async ({ booking_id, guest, device_ids, starts_at, ends_at }) => {
    for (const device_id of device_ids) {
      const name = `${booking_id} ${guest.name}`
      const { access_code } = await call('/access_codes/create', {
        device_id,
        name,
        starts_at,
        ends_at,
      })
      codes.set(booking_id, [...(codes.get(booking_id) ?? []), access_code])
    }
  }
  const remove = async ({ booking_id }) => {
    for (const { access_code_id } of codes.get(booking_id) ?? []) {
      await call('/access_codes/delete', { access_code_id })
    }
    codes.delete(booking_id)
  }
  return {
    book: create,
    async move(booking) {
      await remove(booking)
      await create(booking)
    },
    cancel: remove,
    pin_of({ booking_id }) {
      const own = codes.get(booking_id) ?? []
      return {
        pins: Object.fromEntries(own.map(({ device_id, code }) => [device_id, code])),
        is_ready: true,
      }
    },
  }
}
