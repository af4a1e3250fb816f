/**
 * Keeps web pages away from the control routes. An emulator listens on a well-known port with a
 * well-known key, so any page that its developer happens to open could otherwise change its worlds:
 * by a request across sites, or by a domain of its own that resolves to 127.0.0.1 (DNS rebinding).
 */
import { hostname } from 'node:os'
import { once } from '../../lib/once.ts'
import { apiError } from './errors.ts'
import type { ApiError } from './errors.ts'

/** As a container's or a machine's neighbours know it. */
const own = once(() => ({ name: hostname().toLowerCase() }))

type Header = (name: string) => string | undefined

const readHostname = (host: string): string | undefined => {
  const url = `http://${host}`
  return URL.canParse(url) ? new URL(url).hostname : undefined
}

/** The header that was read last: a client says the same at every call. */
let latest: { host: string; name: string | undefined } = { host: '', name: undefined }

/** The name in a `Host` header, without the port; undefined when it cannot be read. */
const hostnameOf = (host: string): string | undefined => {
  if (latest.host !== host) latest = { host, name: readHostname(host) }
  return latest.name
}

const isAddress = (name: string): boolean => name.startsWith('[') || /^\d+(\.\d+){3}$/.test(name)

/**
 * Whether a name can only mean this machine: an address, its own name, or one that never leaves it.
 * Any other one could be a stranger's domain, also without a dot: a network's search domain decides
 * where that leads.
 */
const isLocalName = (name: string): boolean =>
  isAddress(name) ||
  name === 'localhost' ||
  name.endsWith('.localhost') ||
  name === 'host.docker.internal' ||
  name === own().name

const isLoopback = (name: string): boolean =>
  name === 'localhost' ||
  name.endsWith('.localhost') ||
  name === '[::1]' ||
  /^127(\.\d+){3}$/.test(name)

/** Pages that may: those of the emulator itself and those that are served on this machine. */
const isOwnOrigin = (origin: string, host: string | undefined): boolean => {
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  return isLoopback(url.hostname) || url.host === host
}

/**
 * The refusal of a control request that a web page of somebody else sent, or that came under a
 * name that could be anybody's; undefined when there is nothing against it.
 *
 * @param allowedHosts names by which this emulator is also reached
 */
export const crossSiteRefusal = (
  header: Header,
  allowedHosts: readonly string[],
): ApiError | undefined => {
  const host = header('host')
  if (host !== undefined) {
    const name = hostnameOf(host)
    if (name === undefined || !(isLocalName(name) || allowedHosts.includes(name))) {
      const message = `Control routes are not answered under the name ${host}: use localhost or an address, or name it in --host or SEAM_EMULATOR_ALLOWED_HOSTS.`
      return apiError(403, 'host_not_allowed', message)
    }
  }
  const origin = header('origin')
  const isForeign =
    origin === undefined ? header('sec-fetch-site') === 'cross-site' : !isOwnOrigin(origin, host)
  if (!isForeign) return undefined
  const who = origin === undefined ? 'another site' : origin
  const message = `Control routes are not for web pages of other sites: this request came from ${who}.`
  return apiError(403, 'cross_site_request', message)
}
