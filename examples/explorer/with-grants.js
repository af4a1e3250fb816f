// The same stays by access grants: one call for all doors, and Seam makes the codes.
//
// A grant follows its times and doors by itself. What is left to an app is what no API can do: to look
// whether the access is there before the guest is, and to tell the host.
const HOUR = 3_600_000
const ms = (iso) => new Date(iso).getTime()
const isTemporary = ({ status }) => status === undefined || status === 429 || status >= 500

export default function createApp({ call, alert, now }) {
  const stays = new Map()

  const grantOf = async ({ key }) => {
    try {
      return (await call('/access_grants/get', { access_grant_key: key })).access_grant
    } catch (error) {
      if (error.status === 404) return null
      throw error
    }
  }

  /** Another guest gets another grant: the former one knows the PIN. */
  const keyOf = ({ booking_id, guest }) => `${booking_id} ${guest.name.replaceAll(/\W/g, '')}`

  const remove = async (key) => {
    const grant = await grantOf({ key })
    if (grant === null) return
    const { access_grant_id } = grant
    await call('/access_grants/delete', { access_grant_id }).catch((error) => {
      if (error.status !== 404) throw error
    })
  }

  const careFor = async (stay) => {
    for (const key of stay.formerKeys) await remove(key)
    stay.formerKeys.clear()
    if (stay.isCancelled || ms(stay.ends_at) <= ms(now())) return remove(stay.key)
    const { key, guest, device_ids, starts_at, ends_at } = stay
    const grant = await grantOf(stay)
    if (grant === null) {
      await call('/access_grants/create', {
        access_grant_key: key,
        user_identity: { full_name: guest.name },
        device_ids,
        requested_access_methods: [{ mode: 'code' }],
        starts_at: ms(starts_at) > ms(now()) ? starts_at : now(),
        ends_at,
      })
      return undefined
    }
    const hasBegun = ms(grant.starts_at) <= ms(now())
    const from = hasBegun ? grant.starts_at : starts_at
    if (ms(grant.ends_at) !== ms(ends_at) || ms(grant.starts_at) !== ms(from)) {
      const { access_grant_id } = grant
      await call('/access_grants/update', { access_grant_id, starts_at: from, ends_at })
    }
    if (ms(starts_at) - ms(now()) > 24 * HOUR) return undefined
    const troubles = [...grant.errors, ...grant.warnings].map(({ message }) => message)
    const { access_methods } = await call('/access_methods/list', {
      access_grant_id: grant.access_grant_id,
    })
    const isMissing = access_methods.some(({ is_issued }) => !is_issued)
    if (troubles.length > 0 || (isMissing && ms(starts_at) <= ms(now()))) {
      alert({ booking_id: stay.booking_id, message: troubles[0] ?? 'The access is not there yet.' })
    }
    return undefined
  }

  const care = async (stay) => {
    for (let attempt = 1; attempt <= 6; attempt++) {
      try {
        return await careFor(stay)
      } catch (error) {
        if (!isTemporary(error)) throw error
      }
    }
    return undefined
  }

  const keep = async (booking) => {
    const before = stays.get(booking.booking_id)
    const stay = before ?? { formerKeys: new Set() }
    const key = keyOf(booking)
    const hasOtherDoors = `${before?.device_ids}` !== `${booking.device_ids}`
    if (before !== undefined && (before.key !== key || hasOtherDoors))
      stay.formerKeys.add(before.key)
    Object.assign(stay, booking, { key, isCancelled: false })
    stays.set(booking.booking_id, stay)
    await care(stay)
  }

  return {
    book: keep,
    move: keep,
    async cancel({ booking_id }) {
      const stay = stays.get(booking_id)
      if (stay === undefined) return
      stay.isCancelled = true
      await care(stay)
    },
    async tick() {
      for (const stay of stays.values()) await care(stay)
    },
  }
}
