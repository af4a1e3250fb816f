/** A fault in few words. */
import { faultsCopy } from '../copy/faults.ts'
import { spanText } from '../model/span.ts'
import type { Fault, WorldModel } from '../model/types.ts'

const isTime = (key: string): boolean => ['by', 'after', 'for', 'every', 'within'].includes(key)

const value = (key: string, it: unknown): string => {
  if (typeof it === 'number' && isTime(key)) return spanText(it)
  return typeof it === 'string' || typeof it === 'number' ? String(it) : JSON.stringify(it)
}

/** `access_code.set fail`, `webhook delay by 10 min`. */
export const faultName = ({ name, on, effect }: Fault): string => {
  if (name !== null) return name
  const { kind, ...rest } = effect
  const more = Object.entries(rest).map(([key, it]) => `${key} ${value(key, it)}`)
  return [on, kind.replaceAll('_', ' '), ...more].join(' ')
}

/** What it is narrowed to, with names where there are some. */
export const faultTarget = ({ match }: Fault, world: WorldModel | null): string => {
  if (match === null || Object.keys(match).length === 0) return faultsCopy.everywhere
  return Object.entries(match)
    .map(([key, it]) => {
      if (key === 'device_id')
        return world?.locks.find(({ device_id }) => device_id === it)?.name ?? value(key, it)
      if (key === 'bridge_id')
        return world?.bridges.find(({ bridge_id }) => bridge_id === it)?.name ?? value(key, it)
      return `${key} ${value(key, it)}`
    })
    .join(', ')
}
