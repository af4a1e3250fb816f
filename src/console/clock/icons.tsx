/** Icons of clock and timeline. */
import { icon } from '../icons.tsx'

export const PlusIcon = icon(<path d="M8 3.5v9M3.5 8h9" />)
export const MinusIcon = icon(<path d="M3.5 8h9" />)
export const LeapIcon = icon(<path d="M3 4v8l5-4-5-4Zm6 0v8l5-4-5-4Z" fill="currentColor" />)
export const StopIcon = icon(<rect x="4" y="4" width="8" height="8" rx="1" fill="currentColor" />)
