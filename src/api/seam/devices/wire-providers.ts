import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { capabilityFlags } from './wire-capabilities.ts'
import { categoriesOf } from '../../../sim/device-providers/categories.ts'
import { lockProfiles } from '../../../sim/locks/models/index.ts'
import type { LockProfile } from '../../../sim/locks/profile.ts'

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

const flagsOf = (profiles: readonly LockProfile[]): Record<string, true> => {
  const flags: Record<string, true> = {}
  for (const { capabilities, simulates } of profiles) {
    for (const [name, able] of Object.entries(capabilities)) if (able) flags[`can_${name}`] = true
    for (const [name, able] of Object.entries(simulates)) {
      if (able) flags[`can_simulate_${name}`] = true
    }
  }
  return flags
}

/**
 * The providers whose locks this emulator simulates. A flag is true if any of a provider's models
 * has it (Seam docs: device and system capabilities).
 */
export const presentDeviceProviders = () => {
  const byName = new Map<string, LockProfile[]>()
  for (const profile of Object.values(lockProfiles)) {
    const { device_provider_name } = profile.provider
    byName.set(device_provider_name, [...(byName.get(device_provider_name) ?? []), profile])
  }
  return [...byName].map(([device_provider_name, profiles]) => {
    const display_name = profiles[0]?.provider.display_name ?? device_provider_name
    return {
      ...flagsOf(profiles),
      device_provider_name,
      display_name,
      image_url: imageOf(display_name),
      provider_categories: categoriesOf(device_provider_name),
    }
  })
}
