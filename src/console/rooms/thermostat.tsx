/** A thermostat and its room. */
import { useState } from 'preact/hooks'
import { act } from '../acting/act.ts'
import { roomsCopy as copy } from '../copy/rooms.ts'
import { askAny } from '../live/client.ts'
import { useAnswer } from '../live/use-ask.ts'
import { seq } from '../model/state.ts'
import { ActButton } from '../ui/button.tsx'
import { Fact, Facts, Json } from '../ui/facts.tsx'
import { NumberField } from '../ui/number.tsx'
import { DetailHead, Summary, useWithWhy } from './detail.tsx'

interface Props {
  device_id: string
  name: string
}

const given = (fields: Readonly<Record<string, number | null>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  )

const Room = ({ device_id, name }: Props) => {
  const [temperature, setTemperature] = useState<number | null>(null)
  const [outdoor, setOutdoor] = useState<number | null>(null)
  return (
    <section>
      <h3>{copy.room}</h3>
      <div class="fields">
        <NumberField
          label={copy.temperature}
          value={temperature}
          step={0.5}
          onInput={setTemperature}
        />
        <NumberField label={copy.outdoor} value={outdoor} step={0.5} onInput={setOutdoor} />
        <ActButton
          disabled={temperature === null && outdoor === null}
          act={() =>
            act({
              path: '/_emulator/thermostats/set_room',
              body: { device_id, ...given({ temperature, outdoor }) },
              says: copy.setRoomSays(name),
            })
          }
        >
          {copy.setRoom}
        </ActButton>
        <ActButton
          act={() =>
            act({
              path: '/_emulator/thermostats/set_room',
              body: { device_id, tau: '30m' },
              says: copy.windowSays(name),
            })
          }
        >
          {copy.window}
        </ActButton>
      </div>
    </section>
  )
}

const Dial = ({ device_id, name }: Props) => {
  const [heat, setHeat] = useState<number | null>(null)
  const [cool, setCool] = useState<number | null>(null)
  const body = given({ heating_set_point_celsius: heat, cooling_set_point_celsius: cool })
  return (
    <section>
      <h3>{copy.dial}</h3>
      <div class="fields">
        <NumberField label={copy.heat} value={heat} step={0.5} onInput={setHeat} />
        <NumberField label={copy.cool} value={cool} step={0.5} onInput={setCool} />
        <ActButton
          disabled={Object.keys(body).length === 0}
          act={() =>
            act({
              path: '/_emulator/thermostats/turn_dial',
              body: { device_id, ...body },
              says: copy.turnSays(name),
            })
          }
        >
          {copy.turn}
        </ActButton>
      </div>
    </section>
  )
}

const Schedules = ({ device_id }: { device_id: string }) => {
  const { answer } = useAnswer(
    `schedules ${device_id}`,
    (signal) => askAny('/thermostats/schedules/list', { device_id }, { signal }),
    [seq.value],
  )
  if (answer === null) return null
  const list = answer['thermostat_schedules']
  return (
    <section>
      <h3>{copy.schedules}</h3>
      {Array.isArray(list) && list.length > 0 ? (
        <Json value={list} label={copy.schedules} />
      ) : (
        <p class="quiet">{copy.noSchedules}</p>
      )}
    </section>
  )
}

export const ThermostatDetail = ({ device_id, name }: Props) => {
  const asked = useWithWhy(
    ['/_emulator/thermostats/get', { device_id }],
    ['/_emulator/thermostats/explain', { device_id }],
  )
  if (asked === null) return null
  const { thermostat: own } = asked.own
  const { explanation: why } = asked.why
  const { facts } = copy
  return (
    <article class="detail" data-thermostat={device_id}>
      <DetailHead name={name} figure={copy.degrees(own.temperature_celsius)} />
      <Summary lines={why.summary} />
      <Facts>
        <Fact name={facts.state}>{own.state}</Fact>
        <Fact name={facts.held}>{why.held}</Fact>
        <Fact name={facts.known}>{why.known}</Fact>
        <Fact name={facts.goal}>{why.goal?.climate_preset_key}</Fact>
        <Fact name={facts.waits}>{why.waits_for?.reason}</Fact>
        <Fact name={facts.outdoor}>{copy.degrees(own.room.outdoor)}</Fact>
        <Fact name={facts.program}>{own.has_program ? copy.yes : copy.no}</Fact>
      </Facts>
      <Room device_id={device_id} name={name} />
      <Dial device_id={device_id} name={name} />
      <Schedules device_id={device_id} />
    </article>
  )
}
