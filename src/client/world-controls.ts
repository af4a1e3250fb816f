/** The part of the control API that acts on time, doors, providers and people. */
import { connectWebviewRoutes } from '../contract/connect-webviews.ts'
import { connectedAccountRoutes } from '../contract/connected-accounts.ts'
import { bridgeRoutes } from '../contract/bridges.ts'
import { clockRoutes } from '../contract/clock.ts'
import { lockModelRoutes } from '../contract/lock-models.ts'
import { lockRoutes } from '../contract/locks.ts'
import { manufacturerAppRoutes } from '../contract/manufacturer-app.ts'
import { noiseSensorRoutes } from '../contract/noise-sensors.ts'
import type { InputOf } from '../contract/route.ts'
import { settingsRoutes } from '../contract/settings.ts'
import { thermostatModelRoutes, thermostatRoutes } from '../contract/thermostats.ts'
import { asking } from './ask.ts'
import type { Ask } from './ask.ts'
import type { AdvanceInput, Duration, Instant } from './inputs.ts'

const leapTo = (target: Duration | Date | AdvanceInput): AdvanceInput => {
  if (target instanceof Date) return { to: target.toISOString() }
  return typeof target === 'object' ? target : { by: target }
}

const previewOf = (target: Duration | Date) =>
  target instanceof Date ? { to: target.toISOString() } : { by: target }

export const clockControls = (ask: Ask) => ({
  /** The workspace's clock. */
  get: async () => (await ask(clockRoutes.get, {})).clock,
  /** Stops the clock, now or at a later instant to which it leaps first. */
  freeze: async (at?: Instant) => (await ask(clockRoutes.freeze, { at })).clock,
  /** Lets the clock run, at `rate` workspace seconds per second. */
  resume: async (rate?: number) => (await ask(clockRoutes.resume, { rate })).clock,
  /**
   * Leaps ahead by a duration, to an instant (a `Date` is one) or to whatever is due next. Resolves when everything
   * due on the way has happened and every webhook delivery has been attempted.
   */
  advance: (target: Duration | Date | AdvanceInput) => ask(clockRoutes.advance, leapTo(target)),
  /** Ends the leap that is under way, where it has come to; answers whether there was one. */
  stop: async () => (await ask(clockRoutes.stop, {})).stopped,
  /** What comes next, in words. */
  agenda: async (limit?: number) => (await ask(clockRoutes.agenda, { limit })).agenda,
  /**
   * What a leap to an instant, or as far as a duration, would do; nothing of it happens. It is tried
   * for at most `patience` ms of real time, 250 when not given.
   */
  preview: async (target: Duration | Date, { patience }: { patience?: number } = {}) =>
    (await ask(clockRoutes.preview, { ...previewOf(target), patience })).preview,
})

export const lockControls = (ask: Ask) => ({
  /** Hangs a lock of any model on a door; account and bridge are made when not given. */
  create: asking(ask, lockRoutes.create, 'device'),
  /** The lock itself: link, power, bolt and memory bank. */
  get: asking(ask, lockRoutes.get, 'lock'),
  /** Types a code on the keypad: the door's own answer at this instant. */
  enterCode: (input: { device_id: string; code: string }) => ask(lockRoutes.enter_code, input),
  /** Puts in a battery of this level, 0 to 1; `keypad: true` means that of the accessory keypad. */
  setBattery: asking(ask, lockRoutes.set_battery, 'lock'),
  /** Connects or disconnects the accessory keypad. */
  setKeypad: asking(ask, lockRoutes.set_keypad, 'lock'),
  /** Opens or closes the door itself, as a door sensor sees it. */
  setDoor: asking(ask, lockRoutes.set_door, 'lock'),
  /** Lets another integration manage the codes of the lock as well, or no longer. */
  setThirdParty: asking(ask, lockRoutes.set_third_party, 'lock'),
  /** Puts the lock's own radio on. */
  connect: asking(ask, lockRoutes.connect, 'lock'),
  /** Takes the lock's own radio off. */
  disconnect: asking(ask, lockRoutes.disconnect, 'lock'),
  /** Jams the bolt, or frees it with `jammed: false`. */
  jam: asking(ask, lockRoutes.jam, 'lock'),
  /** Somebody resets the lock: its codes, log and settings are gone. Seam finds out at the next poll. */
  factoryReset: asking(ask, lockRoutes.factory_reset, 'lock'),
})

export const lockModelControls = (ask: Ask) => ({
  /** The lock models that `locks.create` makes. */
  list: async () => (await ask(lockModelRoutes.list, {})).lock_models,
})

export const noiseSensorControls = (ask: Ask) => ({
  /** Puts up a noise sensor of any model; its account is made when not given. */
  create: asking(ask, noiseSensorRoutes.create, 'device'),
  /** The sensor itself: what it hears, what it holds, its battery. */
  get: asking(ask, noiseSensorRoutes.get, 'noise_sensor'),
  /** Lays sounds over what is heard around a sensor, later ones over earlier ones. */
  play: asking(ask, noiseSensorRoutes.play, 'noise_sensor'),
  /** Puts in a battery of this level, 0 to 1. */
  setBattery: asking(ask, noiseSensorRoutes.set_battery, 'noise_sensor'),
  /** Why a sensor tells of noise or not, and what its thresholds wait for. */
  explain: asking(ask, noiseSensorRoutes.explain, 'explanation'),
})

export const thermostatControls = (ask: Ask) => ({
  /** Puts up a thermostat of any model; its account is made when not given. */
  create: asking(ask, thermostatRoutes.create, 'device'),
  /** The thermostat itself: its room, what it holds, what it does. */
  get: asking(ask, thermostatRoutes.get, 'thermostat'),
  /** Changes the room: how warm it is, the weather, an open window, a broken furnace. */
  setRoom: asking(ask, thermostatRoutes.set_room, 'thermostat'),
  /** Somebody turns the dial on the wall. */
  turnDial: asking(ask, thermostatRoutes.turn_dial, 'thermostat'),
  /** Why a room is as warm as it is, and what its thermostat waits for. */
  explain: asking(ask, thermostatRoutes.explain, 'explanation'),
})

export const thermostatModelControls = (ask: Ask) => ({
  /** The thermostat models that `thermostats.create` makes. */
  list: async () => (await ask(thermostatModelRoutes.list, {})).thermostat_models,
})

export const bridgeControls = (ask: Ask) => ({
  /** Bridges, hubs and gateways with the locks behind them. */
  list: async () => (await ask(bridgeRoutes.list, {})).bridges,
  /** Takes a bridge off the network, with every lock behind it. */
  unplug: asking(ask, bridgeRoutes.unplug, 'bridge'),
  /** Puts a bridge back on the network. */
  plug: asking(ask, bridgeRoutes.plug, 'bridge'),
})

export const connectWebviewControls = (ask: Ask) => ({
  /** Signs in without a browser, and answers when the devices are there; a frozen clock leaps there. */
  complete: (input: InputOf<typeof connectWebviewRoutes.complete>) =>
    ask(connectWebviewRoutes.complete, input),
  /** Lets the login fail for good. */
  fail: asking(ask, connectWebviewRoutes.fail, 'connect_webview'),
})

export const connectedAccountControls = (ask: Ask) => ({
  /** The provider asks the owner to sign in again; everything works until then. */
  requestReauthorization: asking(
    ask,
    connectedAccountRoutes.request_reauthorization,
    'connected_account',
  ),
})

export const manufacturerAppControls = (ask: Ask) => ({
  /** Puts a code on the lock; Seam sees it at the next poll of its provider. */
  createCode: asking(ask, manufacturerAppRoutes.create_code, 'slot'),
  /** Changes what a slot of the lock holds; null takes a name or window away. */
  updateCode: asking(ask, manufacturerAppRoutes.update_code, 'slot'),
  /** Takes a code off the lock. */
  deleteCode: asking(ask, manufacturerAppRoutes.delete_code, 'slot'),
})

export const settingsControls = (ask: Ask) => ({
  /** The workspace's thresholds, lead times and switches; durations in milliseconds. */
  get: async () => (await ask(settingsRoutes.get, {})).settings,
  /** Changes some of them; durations such as `"10m"`. */
  update: asking(ask, settingsRoutes.update, 'settings'),
})
