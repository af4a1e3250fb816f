/** What was done to a workspace: a call of the control API, or of one of Seam's own routes. */
export interface Action {
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
}

/** Where an action goes, and as which workspace. */
export interface Target {
  readonly endpoint: string
  readonly apiKey: string
}
