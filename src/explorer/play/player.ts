import type { RunningEmulator } from '../../emulator.ts'
import type { Integration } from '../integration.ts'
import type { Attention } from './attention.ts'

/** Somebody who plays stories in a workspace of their own. */
export interface Player {
  emulator: RunningEmulator
  integration: Integration
  workspace_id: string
  attention: Attention
}
