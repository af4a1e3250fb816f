/** Where we are: a place and what it shows, from the address's fragment (`#/door/<id>?tab=memory`). */
import { signal } from '@preact/signals'

export interface Address {
  /** The place, such as `door`; empty for the start. */
  place: string
  /** What it shows, such as an id; null for none. */
  id: string | null
  query: URLSearchParams
}

const parse = (hash: string): Address => {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const [place = '', id] = path.split('/')
  return {
    place,
    id: id === undefined || id === '' ? null : decodeURIComponent(id),
    query: new URLSearchParams(query),
  }
}

export const address = signal<Address>(parse(location.hash))

/** A link to a place. */
export const linkTo = (
  place: string,
  id?: string | null,
  query?: Record<string, string>,
): string => {
  const path = id === undefined || id === null ? place : `${place}/${encodeURIComponent(id)}`
  const more = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`
  return `#/${path}${more}`
}

/** Goes there, as a link does. */
export const go = (place: string, id?: string | null, query?: Record<string, string>): void => {
  location.hash = linkTo(place, id, query)
}

/** Once, by the start. */
export const watchAddress = (): void =>
  addEventListener('hashchange', () => {
    address.value = parse(location.hash)
  })
