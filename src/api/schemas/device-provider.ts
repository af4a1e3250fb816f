import { z } from 'zod'
import { once } from '../../once.ts'
import { capabilityFlags } from './capabilities.ts'

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
