/** A noise sensor: how loud it is, what it holds, and a party to be had. */
import { useState } from 'preact/hooks'
import { act } from '../acting/act.ts'
import { roomsCopy as copy } from '../copy/rooms.ts'
import { ActButton } from '../ui/button.tsx'
import { Fact, Facts } from '../ui/facts.tsx'
import { NumberField } from '../ui/number.tsx'
import { DetailHead, Summary, useWithWhy } from './detail.tsx'

interface Props {
  device_id: string
  name: string
}

/** From silence to a concert, dB. */
const LOUDEST = 120

const Meter = ({ level }: { level: number }) => (
  <span class="meter" aria-hidden="true">
    <span style={{ width: `${Math.min(100, (level / LOUDEST) * 100)}%` }} />
  </span>
)

const Noise = ({ device_id, name }: Props) => {
  const [decibels, setDecibels] = useState<number | null>(80)
  const [minutes, setMinutes] = useState<number | null>(30)
  const play = (loud: number, says: string) =>
    act({
      path: '/_emulator/noise_sensors/play',
      body: { device_id, segments: [{ for: `${minutes ?? 30}m`, decibels: loud }] },
      says,
    })
  return (
    <section>
      <h3>{copy.noise}</h3>
      <div class="fields">
        <NumberField
          label={copy.decibels}
          value={decibels}
          min={0}
          max={200}
          onInput={setDecibels}
        />
        <NumberField label={copy.minutes} value={minutes} min={1} onInput={setMinutes} />
        <ActButton
          look="main"
          disabled={decibels === null || minutes === null}
          act={() => play(decibels ?? 0, copy.playSays(decibels ?? 0, name))}
        >
          {copy.play}
        </ActButton>
        <ActButton act={() => play(30, copy.hushSays(name))}>{copy.hush}</ActButton>
      </div>
    </section>
  )
}

export const NoiseDetail = ({ device_id, name }: Props) => {
  const asked = useWithWhy(
    ['/_emulator/noise_sensors/get', { device_id }],
    ['/_emulator/noise_sensors/explain', { device_id }],
  )
  if (asked === null) return null
  const { noise_sensor: own } = asked.own
  const { explanation: why } = asked.why
  return (
    <article class="detail" data-sensor={device_id}>
      <DetailHead name={name} figure={copy.level(own.level)} />
      <Meter level={own.level} />
      <Summary lines={why.summary} />
      <Facts>
        <Fact name={copy.facts.battery}>
          {own.battery !== null && `${Math.round(own.battery.level * 100)} %`}
        </Fact>
        <Fact name={copy.facts.untold}>{own.untold > 0 && own.untold}</Fact>
      </Facts>
      <section>
        <h3>{copy.thresholds}</h3>
        {own.slots.length === 0 ? (
          <p class="quiet">{copy.noThresholds}</p>
        ) : (
          <ul class="access-doors">
            {own.slots.map((slot) => (
              <li key={slot.noise_threshold_id}>
                {slot.name} · {copy.level(slot.decibels)}{' '}
                <span class="quiet">
                  {slot.starts_daily_at} – {slot.ends_daily_at}
                </span>{' '}
                {slot.noise_threshold_id === why.ruling_noise_threshold_id && (
                  <span class="tone-green">{copy.ruling}</span>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
      <Noise device_id={device_id} name={name} />
    </article>
  )
}
