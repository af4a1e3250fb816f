/** Thermostats and noise sensors: what they measure, hold, and wait for. */
import { act } from '../acting/act.ts'
import { roomsCopy as copy } from '../copy/rooms.ts'
import { world } from '../model/state.ts'
import type { WorldModel } from '../model/types.ts'
import { address, linkTo } from '../router.ts'
import { ActButton } from '../ui/button.tsx'
import { NoiseDetail } from './noise.tsx'
import { ThermostatDetail } from './thermostat.tsx'

type Device = WorldModel['other_devices'][number]

const Empty = () => (
  <div class="empty">
    <p>{copy.none}</p>
    <div class="detail-acts">
      <ActButton
        act={() =>
          act({
            path: '/_emulator/thermostats/create',
            body: { model: 'ecobee', name: 'Living Room' },
            says: copy.thermostat,
          })
        }
      >
        {copy.thermostat}
      </ActButton>
      <ActButton
        act={() =>
          act({
            path: '/_emulator/noise_sensors/create',
            body: { model: 'minut', name: 'Living Room' },
            says: copy.sensor,
          })
        }
      >
        {copy.sensor}
      </ActButton>
    </div>
  </div>
)

const Row = ({ it }: { it: Device }) => (
  <li>
    <a
      class="line room-line"
      href={linkTo('rooms', it.device_id)}
      aria-current={address.value.id === it.device_id}
    >
      <span>{it.name}</span>
      <span class="quiet">{copy.kinds[it.kind]}</span>
      <span class="quiet">{it.location_name}</span>
      <span class={it.online ? 'quiet' : 'tone-red'}>{it.online ? copy.online : copy.offline}</span>
    </a>
  </li>
)

const Detail = ({ it }: { it: Device | undefined }) => {
  if (it === undefined) {
    return <p class="empty">{address.value.id === null ? copy.chooseOne : copy.gone}</p>
  }
  const { device_id, name } = it
  return it.kind === 'thermostat' ? (
    <ThermostatDetail key={device_id} device_id={device_id} name={name} />
  ) : (
    <NoiseDetail key={device_id} device_id={device_id} name={name} />
  )
}

export const Rooms = () => {
  const devices = (world.value?.other_devices ?? []).filter(({ kind }) => kind !== 'other')
  const { id } = address.value
  return (
    <div class="page">
      <div class="page-head">
        <h1>{copy.title}</h1>
      </div>
      {devices.length === 0 ? (
        <Empty />
      ) : (
        <div class="beside access-page" data-open={id !== null}>
          <ul class="beside-list">
            {devices.map((it) => (
              <Row key={it.device_id} it={it} />
            ))}
          </ul>
          <section class="beside-detail">
            {id !== null && (
              <a class="button back-to-list" href={linkTo('rooms')}>
                {copy.back}
              </a>
            )}
            <Detail it={devices.find((it) => it.device_id === id)} />
          </section>
        </div>
      )}
    </div>
  )
}
