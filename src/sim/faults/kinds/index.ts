/** Every kind of fault there is. To add one: a file here, this list, and the place where it acts. */
import type { FaultOn } from '../../../db/tables/faults.ts'
import { badSignature } from './bad-signature.ts'
import { delay, delayHttp, delayWebhook } from './delay.ts'
import { down } from './down.ts'
import { drop } from './drop.ts'
import { duplicate } from './duplicate.ts'
import { fail, failBolt } from './fail.ts'
import { flap } from './flap.ts'
import { hang } from './hang.ts'
import type { FaultKind } from './kind.ts'
import { loseLater } from './lose-later.ts'
import { malformed } from './malformed.ts'
import { neverConfirm } from './never-confirm.ts'
import { providerUnavailable } from './provider-unavailable.ts'
import { reorder } from './reorder.ts'
import { reset } from './reset.ts'
import { slow } from './slow.ts'
import { staleTimestamp } from './stale-timestamp.ts'
import { status } from './status.ts'
import { truncate } from './truncate.ts'

const faultKinds: readonly FaultKind[] = [
  fail,
  failBolt,
  delay,
  neverConfirm,
  loseLater,
  providerUnavailable,
  down,
  flap,
  status,
  delayHttp,
  reset,
  truncate,
  malformed,
  hang,
  drop,
  duplicate,
  reorder,
  delayWebhook,
  badSignature,
  staleTimestamp,
  slow,
]

/** The kinds that fit an occasion. */
export const kindsOn = (on: FaultOn): FaultKind[] =>
  faultKinds.filter((kind) => kind.on.includes(on))

/** Where a kind of this name can act. */
export const occasionsOf = (kind: string): FaultOn[] =>
  faultKinds.filter((it) => it.kind === kind).flatMap((it) => it.on)
