/** What acts on doors and codes, loaded with the first of them that is opened: together they are smaller. */
export { CodePlace } from './code/place.tsx'
export { HangLock } from './door/hang-lock.tsx'
export { DoorPane } from './door/pane.tsx'
export { DoorPlace } from './door/place.tsx'
export { AimBar } from './faults/aim.tsx'
export { FaultsPlace } from './faults/place.tsx'
