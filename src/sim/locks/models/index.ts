/** Every lock model that `locks/create` can make, by the name of its file. */
import type { LockProfile } from '../profile.ts'
import { august } from './august.ts'
import { igloohome } from './igloohome.ts'
import { schlage } from './schlage.ts'
import { smartthings } from './smartthings.ts'

export const lockProfiles: Record<string, LockProfile> = {
  august,
  igloohome,
  schlage,
  smartthings,
}

/** The model's profile, or undefined when there is none of that name. */
export function profileOf(model: string): LockProfile | undefined {
  return Object.hasOwn(lockProfiles, model) ? lockProfiles[model] : undefined
}
