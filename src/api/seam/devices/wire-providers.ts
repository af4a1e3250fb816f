import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { capabilityFlags } from './wire-capabilities.ts'
import { categoriesOf } from '../../../sim/device-providers/categories.ts'
import { lockProfiles } from '../../../sim/locks/models/index.ts'
import type { LockProfile } from '../../../sim/locks/profile.ts'
import { ownNetworkSimulates } from '../../../sim/devices/kinds.ts'
import { noiseSensorProfiles } from '../../../sim/noise-sensors/models/index.ts'
import type { NoiseSensorProfile } from '../../../sim/noise-sensors/profile.ts'
import { thermostatProfiles } from '../../../sim/thermostats/models/index.ts'
import type { ThermostatProfile } from '../../../sim/thermostats/profile.ts'
import { thermostatFlags } from '../thermostats/capabilities.ts'
import { simulateFlags } from './simulate-flags.ts'

export const providerNames: readonly string[] =
  `hotek dormakaba_community legic_connect akuvox august avigilon_alta brivo butterflymx schlage
  smartthings yale genie doorking salto salto_ks salto_ks_accept lockly ttlock linear noiseaware nuki
  igloo kwikset minut my_2n controlbyweb nest igloohome ecobee four_suites dormakaba_oracode pti wyze
  seam_passport visionline assa_abloy_credential_service tedee honeywell_resideo first_alert latch
  akiles assa_abloy_vostio assa_abloy_vostio_credential_service tado salto_space sensi keynest korelock
  keyincode dormakaba_ambiance ultraloq dusaw sifely thirty_three_lock ring ical lodgify hostaway
  guesty acuity_scheduling omnitec kisi`.split(/\s+/)

export const providerCategories = [
  'stable',
  'consumer_smartlocks',
  'beta',
  'thermostats',
  'noise_sensors',
  'access_control_systems',
  'cameras',
  'connectors',
] as const

export const deviceProvider = once((): z.ZodType<object> =>
  z.strictObject({
    ...capabilityFlags,
    device_provider_name: z.enum(providerNames),
    display_name: z.string(),
    image_url: z.string(),
    provider_categories: z.array(z.enum(providerCategories)),
  }),
)

/** What `/connect_webviews/create` accepts: a few more than there are in the list of providers. */
export const acceptedProviderNames: readonly string[] = [
  ...providerNames,
  'yale_access',
  'hid_cm',
  'google_nest',
  'slack',
]

export const webviewCategories = [...providerCategories, 'internal_beta'] as const

/** A picture that needs no network: the provider's first letter. */
export const imageOf = (display_name: string): string => {
  const letter = display_name.slice(0, 1).toUpperCase()
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#e7e9ee"/><text x="32" y="43" font-family="sans-serif" font-size="32" text-anchor="middle" fill="#333">${letter}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** What is told of a provider: by each model of it that is simulated. */
interface OfProvider {
  provider: { device_provider_name: string; display_name: string }
  flags: Readonly<Record<string, boolean>>
}

const ofLock = ({ provider, capabilities, simulates }: LockProfile): OfProvider => ({
  provider,
  flags: {
    ...Object.fromEntries(
      Object.entries(capabilities).map(([name, able]) => [`can_${name}`, able]),
    ),
    ...simulateFlags(simulates),
  },
})

const ofNoiseSensor = ({ provider }: NoiseSensorProfile): OfProvider => ({
  provider,
  flags: simulateFlags(ownNetworkSimulates),
})

const ofThermostat = (profile: ThermostatProfile): OfProvider => ({
  provider: profile.provider,
  flags: thermostatFlags(profile),
})

const allModels = (): OfProvider[] => [
  ...Object.values(lockProfiles).map(ofLock),
  ...Object.values(noiseSensorProfiles).map(ofNoiseSensor),
  ...Object.values(thermostatProfiles).map(ofThermostat),
]

const trueOnes = (models: readonly OfProvider[]): Record<string, true> =>
  Object.fromEntries(
    models.flatMap(({ flags }) =>
      Object.entries(flags).flatMap(([name, able]) => (able ? [[name, true] as const] : [])),
    ),
  )

/**
 * The providers whose devices this emulator simulates. A flag is true if any of a provider's models
 * has it (Seam docs: device and system capabilities).
 */
export const presentDeviceProviders = () => {
  const byName = new Map<string, OfProvider[]>()
  for (const model of allModels()) {
    const { device_provider_name } = model.provider
    byName.set(device_provider_name, [...(byName.get(device_provider_name) ?? []), model])
  }
  return [...byName].map(([device_provider_name, models]) => {
    const display_name = models[0]?.provider.display_name ?? device_provider_name
    return {
      ...trueOnes(models),
      device_provider_name,
      display_name,
      image_url: imageOf(display_name),
      provider_categories: categoriesOf(device_provider_name),
    }
  })
}
