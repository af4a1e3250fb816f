/** What was done in a session, as a vitest test that does it again. */

export type Deed =
  | { kind: 'call'; path: string; params: Record<string, unknown>; answer: unknown }
  | { kind: 'leap'; target: Record<string, unknown> }
  | { kind: 'fault'; fault: Record<string, unknown> }
  | { kind: 'door'; device_id: string; code: string; opened: boolean }
  | { kind: 'bridge'; bridge_id: string; plugged: boolean }

/** The ids that a call answered are others in the next run: they are read from what it answers then. */
const createNames = () => {
  const known = new Map<string, string>()
  const note = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      const isNew = /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value) || /^\d{4,12}$/.test(value)
      if (isNew && !known.has(value)) known.set(value, path)
      return
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    for (const [key, inner] of Object.entries(value)) note(inner, `${path}.${key}`)
  }
  return {
    note,
    /** JSON in which known values are expressions. */
    code: (value: unknown): string =>
      JSON.stringify(value).replaceAll(/"([^"]+)"/g, (whole, text: string) => {
        return known.get(text) ?? whole
      }),
  }
}

const REQUESTED = new Set(['device_id', 'workspace_id', 'connected_account_id'])

/** Only what the call made is new: what it was given is known already. */
const madeBy = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null
    ? Object.fromEntries(
        Object.entries(answer).map(([key, value]: [string, unknown]) => [
          key,
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).filter(([name]) => !REQUESTED.has(name)))
            : value,
        ]),
      )
    : answer

const isRead = (path: string): boolean => /\/(?:get|list)$/.test(path)

const linesOf = (deeds: readonly Deed[]): string[] => {
  const names = createNames()
  const isLast = (n: number): boolean => !deeds.slice(n + 1).some(({ kind }) => kind === 'door')
  return deeds.flatMap((deed, n): string[] => {
    switch (deed.kind) {
      case 'call': {
        if (isRead(deed.path)) return []
        const line = `const answer${n} = await call(${JSON.stringify(deed.path)}, ${names.code(deed.params)})`
        names.note(madeBy(deed.answer), `answer${n}`)
        return [line]
      }
      case 'leap':
        return [`await emulator.clock.advance(${names.code(deed.target)})`]
      case 'fault':
        return [`await emulator.faults.create(${names.code(deed.fault)})`]
      case 'bridge':
        return [
          `await emulator.bridges.${deed.plugged ? 'plug' : 'unplug'}({ bridge_id: ${names.code(deed.bridge_id)} })`,
        ]
      case 'door':
        break
    }
    const { device_id, code, opened } = deed
    const ask = `await emulator.locks.enterCode({ device_id: ${names.code(device_id)}, code: ${names.code(code)} })`
    // The last door is what the test is about: it is to open.
    return [
      isLast(n) ? `expect((${ask}).opened).toBe(true)` : `expect((${ask}).opened).toBe(${opened})`,
    ]
  })
}

/**
 * @param name what the test is to show
 * @returns a vitest file. Its last door must open, so it fails as long as the guest is locked out.
 */
export const testOf = (
  name: string,
  deeds: readonly Deed[],
): string => `import { expect, test } from 'vitest'
import { createEmulator } from 'seam-emulator'

test(${JSON.stringify(name)}, async () => {
  await using emulator = await createEmulator()
  const call = (path, params) => emulator.call(path, params)
${linesOf(deeds)
  .map((line) => `  ${line}`)
  .join('\n')}
})
`
