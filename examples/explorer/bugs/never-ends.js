// Planted bug: codes have no end. A job takes them away, a day after the guest has left.
const DAY = 86_400_000

export default function createApp({ call }) {
  const stays = new Map()
  const remove = async ({ booking_id }) => {
    for (const { access_code_id } of stays.get(booking_id)?.codes ?? []) {
      await call('/access_codes/delete', { access_code_id }).catch(() => undefined)
    }
    stays.delete(booking_id)
  }
  const book = async (booking) => {
    const { booking_id, guest, device_ids } = booking
    const codes = []
    for (const device_id of device_ids) {
      const name = `${booking_id} ${guest.name}`
      codes.push((await call('/access_codes/create', { device_id, name })).access_code)
    }
    stays.set(booking_id, { ...booking, codes })
  }
  return {
    book,
    async move(booking) {
      await remove(booking)
      await book(booking)
    },
    cancel: remove,
    async tick(now) {
      for (const stay of [...stays.values()]) {
        if (Date.parse(now) - Date.parse(stay.ends_at) > DAY / 2) await remove(stay)
      }
    },
  }
}
