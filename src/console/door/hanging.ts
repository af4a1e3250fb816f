import { signal } from '@preact/signals'

/** Whether somebody is hanging a lock. */
export const isHanging = signal(false)
