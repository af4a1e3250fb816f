/** Every lock model that `locks/create` can make, by the name of its file. */
import type { LockProfile } from '../profile.ts'
import { akiles } from './akiles.ts'
import { august } from './august.ts'
import { dormakaba_oracode } from './dormakaba_oracode.ts'
import { igloohome } from './igloohome.ts'
import { keyincode } from './keyincode.ts'
import { kwikset } from './kwikset.ts'
import { lockly } from './lockly.ts'
import { nuki } from './nuki.ts'
import { omnitec } from './omnitec.ts'
import { salto_ks } from './salto_ks.ts'
import { schlage } from './schlage.ts'
import { smartthings } from './smartthings.ts'
import { tedee } from './tedee.ts'
import { ttlock } from './ttlock.ts'
import { two_n } from './two_n.ts'
import { ultraloq } from './ultraloq.ts'
import { wyze } from './wyze.ts'
import { yale } from './yale.ts'

export const lockProfiles: Record<string, LockProfile> = {
  akiles,
  august,
  dormakaba_oracode,
  igloohome,
  keyincode,
  kwikset,
  lockly,
  nuki,
  omnitec,
  salto_ks,
  schlage,
  smartthings,
  tedee,
  ttlock,
  two_n,
  ultraloq,
  wyze,
  yale,
}

/** The model's profile, or undefined when there is none of that name. */
export function profileOf(model: string): LockProfile | undefined {
  return Object.hasOwn(lockProfiles, model) ? lockProfiles[model] : undefined
}
