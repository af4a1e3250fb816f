import { signal } from '@preact/signals'
import type { Limits, Trouble } from '../model/palette.ts'

/** Trouble that is chosen and waits for its target, and how often and how long it is to strike. */
export const armed = signal<{ trouble: Trouble; limits: Limits } | null>(null)
