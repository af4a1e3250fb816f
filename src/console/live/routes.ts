/** The control routes by their paths, for the types of what is asked and answered. Types alone: no code. */
export type { RoutesByPath as Routes } from '../../contract/index.ts'
