/** What is being recorded, and what was recorded last. */
import { signal } from '@preact/signals'
import type { Deed } from '../../as-code/deeds.ts'
import type { Beginning } from '../../as-code/recording.ts'

export interface Recording {
  readonly name: string
  readonly beginning: Beginning
  /** The world as it was, for the file beside the test; null where a fixture makes it. */
  readonly world: object | null
  readonly deeds: readonly Kept[]
  /** When it began by the machine's clock, ms. */
  readonly began: number
}

/** What was done, and when by the machine's clock, ms: a frozen workspace tells no order. */
export interface Kept extends Deed {
  readonly wall: number
}

/** What is being recorded; null: nothing is. */
export const recording = signal<Recording | null>(null)
/** What was recorded last, to be taken away. */
export const recorded = signal<Recording | null>(null)
/** Whether somebody is asked how it is to begin. */
export const isAsked = signal(false)
