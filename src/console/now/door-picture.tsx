/** A door as a picture: the lock itself, whatever the API believes. */
import type { Flight } from '../model/in-flight.ts'
import type { DoorModel } from '../model/doors.ts'

export interface PictureProps {
  door: DoorModel
  /** Whether it holds a code whose time is now. */
  hasCode: boolean
  flight: Flight | null
}

/** Nine keys as one stroke of dots. */
const KEYS = 'M36.8 44.5h5.6M36.8 47h5.6M36.8 49.5h5.6'

const isPowered = ({ keypad, battery }: DoorModel['lock']): boolean =>
  keypad.has_power && battery?.level !== 0

const ledOf = ({ door: { lock, trouble }, hasCode }: PictureProps): string => {
  if (!isPowered(lock)) return 'dark'
  if (trouble === 'locked_out') return 'red'
  return hasCode ? 'green' : 'dim'
}

const Keypad = (props: PictureProps) => (
  <>
    <rect class="pic-keypad" x="34.5" y="37" width="10" height="16" rx="1.8" />
    <path class="pic-keys" d={KEYS} />
    <circle class="pic-led" data-led={ledOf(props)} cx="39.5" cy="40.6" r="1.5" />
  </>
)

/** How much is in it, from the bottom up. */
const Battery = ({ battery }: DoorModel['lock']) => {
  if (battery === null) return null
  const height = Math.max(0, Math.min(1, battery.level)) * 24
  return (
    <>
      <rect class="pic-battery" x="56.5" y="54.5" width="5" height="26" rx="1" />
      <rect
        class="pic-level"
        data-status={battery.status}
        x="57.5"
        y={79.5 - height}
        width="3"
        height={height}
      />
    </>
  )
}

/** From the account over the bridge to the lock: broken where it is broken. */
const Cable = ({ door: { lock }, flight }: PictureProps) => {
  const { cause } = lock.link
  const isBridgeOut = lock.bridge !== null && !lock.bridge.online
  const first = cause === 'account_disconnected' || isBridgeOut ? 'broken' : 'whole'
  const second = lock.link.online ? 'whole' : 'broken'
  return (
    <>
      {lock.bridge === null ? (
        <path class="pic-cable" data-cable={second} data-flight={flight} d="M4 7H39.5V37" />
      ) : (
        <>
          <path class="pic-cable" data-cable={first} data-flight={flight} d="M4 7h14" />
          <rect
            class="pic-bridge"
            data-cable={first}
            x="18"
            y="3.5"
            width="9"
            height="7"
            rx="1.5"
          />
          <path class="pic-cable" data-cable={second} data-flight={flight} d="M27 7h12.5V37" />
        </>
      )}
      <circle class="pic-account" cx="4" cy="7" r="2.2" />
    </>
  )
}

/** Somebody with a suitcase before the door, or inside. */
const Figure = ({ kind }: { kind: 'locked_out' | 'overstay' }) => (
  <path
    class="pic-figure"
    data-figure={kind}
    transform={kind === 'overstay' ? 'translate(14 -3)' : undefined}
    d="M11 51.5a3.6 3.6 0 1 1 0 .01M7.5 68v-6a6 6 0 0 1 6-4.5h2a6 6 0 0 1 6 4.5v6M11 68.5v13.5M18 68.5v13.5M4 72h6v9.5H4zM5.6 72v-2.2h2.8V72"
  />
)

export const DoorPicture = (props: PictureProps) => {
  const { lock, trouble } = props.door
  return (
    <svg class="picture" width="64" height="84" viewBox="0 0 64 84" aria-hidden="true">
      <path class="pic-frame" d="M10.5 83V16.5a2 2 0 0 1 2-2h39a2 2 0 0 1 2 2V83" />
      <path
        class="pic-leaf"
        d={lock.door_open === true ? 'M14 18h22v60l-22 5z' : 'M14 18h36v65H14z'}
      />
      <path class="pic-floor" d="M2 83.2h60" />
      {lock.keypad.is_connected ? (
        <Keypad {...props} />
      ) : (
        <circle class="pic-cylinder" cx="39.5" cy="41" r="3.6" />
      )}
      <path class="pic-handle" d="M46 60h-8" />
      <path
        class="pic-bolt"
        data-bolt={lock.bolt.jammed ? 'jammed' : lock.bolt.locked ? 'out' : 'in'}
        d={lock.bolt.locked ? 'M46 66.5h7.5' : 'M43 66.5h6'}
      />
      <Battery {...lock} />
      <Cable {...props} />
      {(trouble === 'locked_out' || trouble === 'overstay') && <Figure kind={trouble} />}
    </svg>
  )
}
