/** Claims about simulated hardware, each with the test that holds it. */
export interface Claim {
  claim: string
  /** Below `test/`. */
  file: string
  /** Its title, after that of its group where it has one. */
  test: string
}

export interface ClaimsAbout {
  about: string
  claims: readonly Claim[]
}

/** Claims with their tests, of one file. */
export const claimsIn =
  <const Files extends Readonly<Record<string, string>>>(files: Files) =>
  (file: keyof Files, claims: Readonly<Record<string, string>>): Claim[] =>
    Object.entries(claims).map(([claim, test]) => ({ claim, file: files[file] ?? '', test }))
