// The reference integration: everything that Seam recommends for access codes, in one small app. The
// guest-stay explorer plays each story with it as well, to tell what an app could have helped from what
// nobody could.
//
// Its one rule: a webhook, a lost answer or a timer is never a fact, only a reason to look. `care` compares
// what a stay needs with what the API shows, and does the next thing. It can run at any time, any number of
// times, in any order.
import { Webhook } from 'standardwebhooks'

const MINUTE = 60_000
const HOUR = 3_600_000
/** A real app waits a little longer before each: as long as `Retry-After` says, or seconds. */
const ATTEMPTS = 6
const ms = (iso) => new Date(iso).getTime()

/** Events after which something may have to be done. Others tell what this app has done itself. */
const reasonsToLook = new Set([
  'access_code.set_on_device',
  'access_code.scheduled_on_device',
  'access_code.removed_from_device',
  'access_code.deleted_external_to_seam',
  'access_code.modified_external_to_seam',
  'access_code.delay_in_setting_on_device',
  'access_code.failed_to_set_on_device',
  'device.disconnected',
  'device.connected',
  'device.low_battery',
  'device.battery_status_changed',
])

/** After these the doors themselves need no look. */
const goodNews = new Set([
  'access_code.set_on_device',
  'access_code.scheduled_on_device',
  'access_code.removed_from_device',
])

/** Trouble that passes: the call is made again at the next tick. */
const isTemporary = ({ status }) => status === undefined || status === 429 || status >= 500

export default function createReferenceIntegration({ call, alert, now, webhook_secret }) {
  const verifier = new Webhook(webhook_secret)
  /** What each stay needs, and what was last seen of it. */
  const stays = new Map()
  const seen = new Set()

  /** Some locks refuse a start that is not in the future. */
  const inAMinute = () => new Date(ms(now()) + MINUTE).toISOString()

  /** The stay's codes on one lock, found by name: an answer may have been lost, so memory is not enough. */
  const codesOf = async (stay, device_id) => {
    const { access_codes } = await call('/access_codes/list', { device_id })
    return access_codes.filter(({ name }) => name === stay.name || stay.formerNames.has(name))
  }

  const remove = async ({ access_code_id }) => {
    try {
      await call('/access_codes/delete', { access_code_id })
    } catch (error) {
      if (error.status !== 404) throw error
    }
  }

  const tellHost = (stay, device_id, message) => {
    const key = `${stay.booking_id} ${device_id} ${message}`
    if (stay.told.has(key)) return
    stay.told.add(key)
    alert({ booking_id: stay.booking_id, device_id, message })
  }

  /** The code of one door as it has to be; makes, changes or replaces it. */
  const careForDoor = async (stay, device_id) => {
    const codes = await codesOf(stay, device_id)
    const own = codes.filter(({ name }) => name === stay.name)
    const [code, ...doubles] = own
    // A former guest's code, or one that a lost answer made twice.
    for (const other of [...codes.filter((it) => !own.includes(it)), ...doubles])
      await remove(other)
    const { starts_at, ends_at } = stay
    if (code === undefined) {
      const { access_code } = await call('/access_codes/create', {
        device_id,
        name: stay.name,
        starts_at: ms(starts_at) > ms(now()) ? starts_at : inAMinute(),
        ends_at,
      })
      return access_code
    }
    const hasBegun = ms(code.starts_at) <= ms(now()) + 2 * MINUTE && ms(starts_at) <= ms(now())
    if (ms(code.ends_at) !== ms(ends_at) || (!hasBegun && ms(code.starts_at) !== ms(starts_at))) {
      await call('/access_codes/update', {
        access_code_id: code.access_code_id,
        starts_at: hasBegun ? code.starts_at : starts_at,
        ends_at,
      })
      return (await call('/access_codes/get', { access_code_id: code.access_code_id })).access_code
    }
    return code
  }

  /** Whether the lock has it: from then on the guest may be told. */
  const isOnLock = ({ status, is_scheduled_on_device, pending_mutations = [], errors }) =>
    (status === 'set' || is_scheduled_on_device === true) &&
    pending_mutations.length === 0 &&
    errors.length === 0

  /** A code that does not get onto its lock: use a spare one that is there already, and tell the host. */
  const helpCode = async (stay, device_id, code) => {
    if (code.is_backup_access_code_available && !stay.spares.has(device_id)) {
      const { access_code_id } = code
      const { access_code } = await call('/access_codes/pull_backup_access_code', {
        access_code_id,
      })
      stay.spares.set(device_id, access_code.code)
    }
    tellHost(stay, device_id, 'The code is not on the lock.')
  }

  const careFor = async (stay, isGoodNews) => {
    const isOver = stay.isCancelled || ms(stay.ends_at) <= ms(now())
    for (const device_id of stay.doors) {
      if (!isOver && stay.device_ids.includes(device_id)) continue
      for (const code of await codesOf(stay, device_id)) await remove(code)
      stay.doors.delete(device_id)
      stay.pins.delete(device_id)
    }
    if (isOver) return
    const isNear = ms(stay.starts_at) - ms(now()) <= 24 * HOUR
    for (const device_id of stay.device_ids) {
      stay.doors.add(device_id)
      try {
        const code = await careForDoor(stay, device_id)
        const isReady = isOnLock(code)
        const mustBeThere = ms(stay.starts_at) <= ms(now())
        if (isNear && !isReady && (code.errors.length > 0 || mustBeThere)) {
          await helpCode(stay, device_id, code)
        }
        stay.pins.set(device_id, { pin: stay.spares.get(device_id) ?? code.code, isReady })
      } catch (error) {
        if (isTemporary(error)) throw error
        tellHost(stay, device_id, `The lock takes no code: ${error.message}`)
      }
    }
    if (isNear && !isGoodNews) await lookAtDoors(stay)
  }

  /** Batteries and connections are seen to before the guest stands there. */
  const lookAtDoors = async (stay) => {
    for (const device_id of stay.device_ids) {
      const { device } = await call('/devices/get', { device_id })
      const { battery, online } = device.properties
      if (battery !== undefined && ['low', 'critical'].includes(battery.status)) {
        tellHost(stay, device_id, 'The battery is low.')
      }
      if (!online && !stay.pins.get(device_id)?.isReady) {
        tellHost(stay, device_id, 'The lock is offline, and the code is not on it.')
      }
    }
  }

  /** Cares for a stay, and tries again at once: what still fails is left to the next tick. */
  const careNow = async (stay, isGoodNews) => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      stay.isDirty = true
      try {
        await careFor(stay, isGoodNews)
        stay.isDirty = false
        return
      } catch (error) {
        if (!isTemporary(error)) throw error
      }
    }
  }

  /** One at a time for each stay: a cancellation may come while a change is still being made. */
  const care = (stay, isGoodNews = false) => {
    const turn = stay.turn.then(() => careNow(stay, isGoodNews))
    stay.turn = turn.catch(() => undefined)
    return turn
  }

  const keep = async (booking) => {
    const before = stays.get(booking.booking_id)
    const stay = before ?? {
      turn: Promise.resolve(),
      doors: new Set(),
      formerNames: new Set(),
      told: new Set(),
      pins: new Map(),
      spares: new Map(),
    }
    // Another guest gets another PIN: the code has the guest's name in it, so it is another code.
    const name = `${booking.booking_id} ${booking.guest.name}`
    if (before !== undefined && before.name !== name) {
      stay.formerNames.add(before.name)
      stay.spares.clear()
      stay.pins.clear()
    }
    Object.assign(stay, booking, { name, isCancelled: false })
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
    pin_of({ booking_id }) {
      const pins = stays.get(booking_id)?.pins ?? new Map()
      const told = [...pins.values()]
      return {
        pins: Object.fromEntries([...pins].map(([device_id, { pin }]) => [device_id, pin])),
        is_ready: told.length > 0 && told.every(({ isReady }) => isReady),
      }
    },
    async webhook(body, headers) {
      const event = verifier.verify(body, {
        'webhook-id': headers['svix-id'],
        'webhook-timestamp': headers['svix-timestamp'],
        'webhook-signature': headers['svix-signature'],
      })
      if (seen.has(event.event_id) || !reasonsToLook.has(event.event_type)) return
      seen.add(event.event_id)
      const isGoodNews = goodNews.has(event.event_type)
      for (const stay of stays.values()) {
        const isConcerned = stay.device_ids.includes(event.device_id) && !stay.isCancelled
        if (isConcerned) await care(stay, isGoodNews)
      }
    },
    async tick(at) {
      for (const stay of stays.values()) {
        const isNear = ms(stay.starts_at) - ms(at) <= 72 * HOUR && ms(stay.ends_at) > ms(at) - HOUR
        if (stay.isDirty || (isNear && !stay.isCancelled)) await care(stay)
      }
    },
  }
}
