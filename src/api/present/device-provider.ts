import { categoriesOf } from '../../sim/device-providers/categories.ts'
import { lockProfiles } from '../../sim/locks/models/index.ts'
import type { LockProfile } from '../../sim/locks/profile.ts'

/** A picture that needs no network: the provider's first letter. */
const imageOf = (display_name: string): string => {
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
