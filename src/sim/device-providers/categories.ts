/** Which provider keys each category stands for (@seamapi/types 1.977.0, device providers). */
export const providerCategories: Readonly<Record<string, readonly string[]>> = {
  stable:
    `august brivo schlage smartthings yale nuki salto_ks salto_space minut my_2n kwikset ttlock
    noiseaware igloohome ecobee lockly wyze nest tedee honeywell_resideo first_alert visionline
    assa_abloy_credential_service dormakaba_ambiance latch akiles sensi assa_abloy_vostio
    avigilon_alta kisi keynest hotek ultraloq dormakaba_oracode ring korelock keyincode sifely omnitec
    dusaw thirty_three_lock`.split(/\s+/),
  consumer_smartlocks: `akiles august schlage yale smartthings nuki ttlock kwikset igloohome wyze
    lockly tedee ultraloq dormakaba_oracode korelock dusaw keyincode sifely
    thirty_three_lock`.split(/\s+/),
  beta: ['salto_ks_accept'],
  thermostats: ['ecobee', 'nest', 'sensi', 'honeywell_resideo', 'first_alert'],
  noise_sensors: ['minut', 'noiseaware'],
  access_control_systems: `brivo visionline assa_abloy_credential_service latch salto_ks
    assa_abloy_vostio salto_space dormakaba_ambiance dormakaba_community legic_connect
    hotek`.split(/\s+/),
  cameras: ['ring'],
  connectors: ['ical', 'lodgify', 'hostaway', 'guesty', 'acuity_scheduling'],
}

/** The categories to which a provider belongs. */
export const categoriesOf = (provider: string): string[] =>
  Object.keys(providerCategories).filter((name) => providerCategories[name]?.includes(provider))
