/** The lock models, read once when somebody first needs them. */
import { signal } from '@preact/signals'
import type { LockModel } from '../../contract/lock-models.ts'
import { ask } from '../live/client.ts'

export const lockModels = signal<readonly LockModel[] | null>(null)
let isAsked = false

const read = async (): Promise<void> => {
  try {
    lockModels.value = (await ask('/_emulator/lock_models/list', {})).lock_models
  } catch {
    // Nothing that depends on a model is offered; the next door asks again.
    isAsked = false
  }
}

export const readLockModels = (): void => {
  if (isAsked) return
  isAsked = true
  void read()
}

export const modelOf = (name: string | null): LockModel | null =>
  lockModels.value?.find(({ model }) => model === name) ?? null
