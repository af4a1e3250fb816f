/** The stays that are known: by the grants that bear their keys, and by what automations did. */

const listIn = (answer: Readonly<Record<string, unknown>>, name: string): unknown[] => {
  const list = answer[name]
  return Array.isArray(list) ? list : []
}

const textIn = (row: unknown, name: string): string | null => {
  if (typeof row !== 'object' || row === null) return null
  const value: unknown = Object.entries(row).find(([key]) => key === name)?.[1]
  return typeof value === 'string' && value !== '' ? value : null
}

/** @returns each key once, with a name where a grant has one */
export const stayKeysOf = (
  grants: Readonly<Record<string, unknown>>,
  runs: Readonly<Record<string, unknown>>,
): { key: string; name: string }[] => {
  const names = new Map<string, string>()
  for (const row of listIn(runs, 'automation_runs')) {
    const key = textIn(row, 'partner_key')
    if (key !== null) names.set(key, '')
  }
  for (const row of listIn(grants, 'access_grants')) {
    const key = textIn(row, 'reservation_key') ?? textIn(row, 'access_grant_key')
    if (key !== null) names.set(key, textIn(row, 'display_name') ?? textIn(row, 'name') ?? '')
  }
  return [...names].map(([key, name]) => ({ key, name }))
}
