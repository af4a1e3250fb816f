export interface Reached {
  events: Set<string>
  errors: Set<string>
  warnings: Set<string>
  routes: Set<string>
}
export const reachedBy = (_title: string): { kind: keyof Reached; name: string }[] => []
