/**
 * The places of the console, in the order in which they are shown. One entry each; a place's folder has
 * `place.tsx`, which is loaded when the place is first opened.
 */
import type { ComponentType } from 'preact'

export interface Place {
  /** In the address: `#/traffic`. Empty for the start. */
  readonly path: string
  readonly title: string
  /** Opens it, such as `2`; null for none. */
  readonly key: string | null
  /** False for a place that needs an id, such as a door: links lead there, the header does not. */
  readonly isListed?: false
  readonly load: () => Promise<ComponentType>
}

export const places: readonly Place[] = [
  { path: '', title: 'Now', key: '1', load: async () => (await import('./now/place.tsx')).Now },
  {
    path: 'traffic',
    title: 'Traffic',
    key: '2',
    load: async () => (await import('./lists.ts')).Traffic,
  },
  {
    path: 'lockouts',
    title: 'Lock-outs',
    key: '3',
    load: async () => (await import('./lists.ts')).LockOuts,
  },
  {
    path: 'door',
    title: 'Door',
    key: null,
    isListed: false,
    load: async () => (await import('./touch.ts')).DoorPlace,
  },
  {
    path: 'code',
    title: 'Code',
    key: null,
    isListed: false,
    load: async () => (await import('./touch.ts')).CodePlace,
  },
  {
    path: 'faults',
    title: 'Faults',
    key: '4',
    load: async () => (await import('./touch.ts')).FaultsPlace,
  },
  {
    path: 'doctor',
    title: 'Doctor',
    key: '5',
    load: async () => (await import('./lists.ts')).Doctor,
  },
  {
    path: 'workspaces',
    title: 'Workspaces',
    key: '6',
    load: async () => (await import('./lists.ts')).Workspaces,
  },
  {
    path: 'access',
    title: 'Access',
    key: '7',
    load: async () => (await import('./lists.ts')).Access,
  },
  {
    path: 'rooms',
    title: 'Rooms',
    key: '8',
    load: async () => (await import('./lists.ts')).Rooms,
  },
  {
    path: 'systems',
    title: 'Systems',
    key: '9',
    load: async () => (await import('./lists.ts')).Systems,
  },
]
