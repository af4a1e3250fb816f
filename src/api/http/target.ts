/** What a request's first line and its Host header say: which path, which query, which server. */

export interface Target {
  readonly path: string
  readonly query: string
  readonly origin: string
}

/** Paths and queries that the URL Standard leaves as they are; nearly all are such. */
const PLAIN_PATH = /^\/[!$&-;=@-[\]_a-z~]*$/
const PLAIN_QUERY = /^[!$%&(-;=?-[\]_a-z~]*$/
const DOT_SEGMENT = /\/\.\.?(?:\/|$)/

const PLAIN_HOST = /^[a-z0-9._-]+(?::(\d{1,5}))?$/
const LAST_PORT = 65_535

const decoded = (text: string): string => {
  try {
    return decodeURI(text)
  } catch {
    return text
  }
}

/** Each run of encoded bytes by itself: what is no text stays as it came. */
const decodePath = (path: string): string => {
  if (!path.includes('%')) return path
  const kept = path.replaceAll('%25', '%2525')
  return kept.replaceAll(/(?:%[0-9A-Fa-f]{2})+/g, decoded)
}

/** Whether it names a server, as the URL Standard writes it. */
const isHost = (host: string): boolean => {
  const plain = PLAIN_HOST.exec(host)
  if (plain !== null) return Number(plain[1] ?? 0) <= LAST_PORT
  if (!URL.canParse(`http://${host}`)) return false
  const { hostname } = new URL(`http://${host}`)
  const name = hostname.length === host.length ? host : host.replace(/:\d+$/, '')
  return hostname === name.toLowerCase()
}

const parse = (url: string): Target | undefined => {
  // Servers differ in what a backslash is; one in a query is a character like any other.
  const [beforeQuery = ''] = url.split('?', 1)
  if (beforeQuery.includes('\\') || !URL.canParse(url)) return undefined
  const { origin, pathname, search } = new URL(url)
  return { path: decodePath(pathname), query: search.slice(1), origin }
}

/** Paths that are known to be plain: clients ask for the same ones again and again. */
const plainPaths = new Set<string>()
const MOST_PATHS = 500
const LONGEST_PATH = 100

const isPlain = (path: string): boolean => {
  if (plainPaths.has(path)) return true
  if (!PLAIN_PATH.test(path) || DOT_SEGMENT.test(path)) return false
  if (plainPaths.size < MOST_PATHS && path.length <= LONGEST_PATH) plainPaths.add(path)
  return true
}

/** The host that was last named, which is mostly the next one, too. */
let last = { host: '', origin: '' }

const originOf = (host: string): string | undefined => {
  if (host === last.host && host !== '') return last.origin
  if (!isHost(host)) return undefined
  last = { host, origin: `http://${host}` }
  return last.origin
}

/** Undefined when it cannot be read: such a request gets a bare 400. */
export const targetOf = (url: string, host: string): Target | undefined => {
  if (!url.startsWith('/')) return /^https?:\/\//.test(url) ? parse(url) : undefined
  const origin = originOf(host)
  if (origin === undefined) return undefined
  const mark = url.indexOf('?')
  const path = mark === -1 ? url : url.slice(0, mark)
  const query = mark === -1 ? '' : url.slice(mark + 1)
  if (isPlain(path) && (query === '' || PLAIN_QUERY.test(query))) return { path, query, origin }
  return parse(`${origin}${url}`)
}
