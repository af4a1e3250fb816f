/** Manufacturers by which `/devices/list` filters (OpenAPI). */
export const deviceManufacturers: readonly string[] =
  `akuvox august avigilon_alta brivo butterflymx doorking four_suites genie igloo keywe
  kwikset linear lockly nuki philia salto samsung schlage seam unknown wyze yale two_n
  ttlock igloohome controlbyweb dormakaba_oracode tedee keyincode akiles ecobee
  honeywell_resideo keynest korelock minut nest noiseaware sensi smartthings tado ultraloq
  ring ical lodgify hostaway guesty acuity_scheduling omnitec kisi slack`.split(/\s+/)

/** … those of `/thermostats/list`, */
export const thermostatManufacturers: readonly string[] = [
  'ecobee',
  'honeywell_resideo',
  'nest',
  'sensi',
  'smartthings',
  'tado',
]

/** … those of `/noise_sensors/list`, */
export const noiseSensorManufacturers: readonly string[] = ['minut', 'noiseaware']

/** … and those of `/locks/list`. */
export const lockManufacturers: readonly string[] =
  `akuvox august brivo butterflymx avigilon_alta doorking genie igloo linear lockly kwikset
  nuki salto schlage seam wyze yale two_n controlbyweb ttlock igloohome four_suites
  dormakaba_oracode tedee keyincode akiles korelock smartthings ultraloq omnitec kisi`.split(/\s+/)
