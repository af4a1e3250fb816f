/** Every brand of access systems that is simulated. */
import type { AcsModel } from '../model.ts'
import { assa_abloy_vostio } from './assa_abloy_vostio.ts'
import { avigilon_alta } from './avigilon_alta.ts'
import { brivo } from './brivo.ts'
import { dormakaba_ambiance, dormakaba_community } from './dormakaba.ts'
import { hotek } from './hotek.ts'
import { kisi } from './kisi.ts'
import { latch } from './latch.ts'
import {
  assa_abloy_credential_service,
  assa_abloy_vostio_credential_service,
  hid_cm,
  legic_connect_credential_service,
} from './managers.ts'
import { pti } from './pti.ts'
import { salto_ks } from './salto_ks.ts'
import { salto_space } from './salto_space.ts'
import { visionline } from './visionline.ts'

export const acsModels: Readonly<Record<string, AcsModel>> = {
  assa_abloy_credential_service,
  assa_abloy_vostio,
  assa_abloy_vostio_credential_service,
  avigilon_alta,
  brivo,
  dormakaba_ambiance,
  dormakaba_community,
  hid_cm,
  hotek,
  kisi,
  latch,
  legic_connect_credential_service,
  pti,
  salto_ks,
  salto_space,
  visionline,
}

export const acsModelOf = (name: string): AcsModel | undefined =>
  Object.hasOwn(acsModels, name) ? acsModels[name] : undefined
