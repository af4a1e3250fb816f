/** For who has just begun: how an app comes here, and a first code. */
import { act, actAny } from '../acting/act.ts'
import { nowCopy } from '../copy/now.ts'
import { apiKey } from '../live/key.ts'
import { now, world } from '../model/state.ts'
import { linkTo } from '../router.ts'
import { ActButton } from '../ui/button.tsx'

const copy = nowCopy.empty
const HOUR = 3_600_000

const stay = (device_id: string, at: number): object => ({
  device_id,
  name: 'Guest',
  starts_at: new Date(at + HOUR).toISOString(),
  ends_at: new Date(at + 49 * HOUR).toISOString(),
})

const PutAStay = () => {
  // Only a lock that somebody can type at, and that the workspace manages, takes a code.
  const able = world.value?.locks.filter((it) => it.is_managed && it.keypad.is_connected) ?? []
  const lock = able.find((it) => it.link.online) ?? able[0]
  if (lock === undefined) return null
  const says = copy.putAStay(lock.name)
  const body = (): object => stay(lock.device_id, now.peek() ?? 0)
  return (
    <ActButton act={() => actAny({ path: '/access_codes/create', body: body(), says })}>
      {says}
    </ActButton>
  )
}

const inbox = (): string => `${location.origin}/_emulator/inbox/receive/console`

const RegisterInbox = () => (
  <ActButton
    act={() =>
      actAny({
        path: '/webhooks/create',
        body: { url: inbox(), event_types: ['*'] },
        says: copy.registerInbox,
      })
    }
  >
    {copy.registerInbox}
  </ActButton>
)

/** While nothing happened. */
export const FirstCalls = () => {
  const it = world.value
  if (it === null) return null
  return (
    <div class="empty">
      {it.counts.requests === 0 && (
        <>
          <p>{copy.noCalls}</p>
          <pre class="lines">{copy.lines(location.origin, apiKey.value ?? '')}</pre>
        </>
      )}
      {it.counts.access_codes === 0 && (
        <p>
          {copy.noCodes} <PutAStay />
        </p>
      )}
      {it.webhooks.length === 0 && (
        <p>
          {copy.noWebhook} <RegisterInbox />
        </p>
      )}
    </div>
  )
}

/** What else there is, in worlds of access systems or of thermostats alone. */
const Others = () => {
  const it = world.value
  if (it === null) return null
  const links = [
    { place: 'systems', text: copy.systems(it.acs_systems.length), count: it.acs_systems.length },
    { place: 'rooms', text: copy.rooms(it.other_devices.length), count: it.other_devices.length },
  ].filter(({ count }) => count > 0)
  if (links.length === 0) return null
  return (
    <p>
      {copy.butHas}{' '}
      {links.map(({ place, text }, index) => (
        <span key={place}>
          {index > 0 && ', '}
          <a href={linkTo(place)}>{text}</a>
        </span>
      ))}
      .
    </p>
  )
}

/** A workspace without a single lock. */
export const NoDevices = () => (
  <div class="empty empty-world">
    <p>
      <strong>{copy.noDevices}</strong> {copy.noDevicesDo}
    </p>
    <Others />
    <ActButton
      look="main"
      act={() =>
        act({
          path: '/_emulator/locks/create',
          body: { model: 'yale', name: 'Front Door' },
          says: copy.hang,
        })
      }
    >
      {copy.hang}
    </ActButton>
  </div>
)
