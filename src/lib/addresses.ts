/** What an address must not be, whoever gives it: a call, a fixture or a snapshot. */

/**
 * Addresses of this machine's surroundings that no receiver has, and that answer with secrets: link-local
 * ones, where clouds keep their metadata, and the names of those.
 */
const isForbiddenHost = (hostname: string): boolean =>
  hostname.startsWith('169.254.') ||
  hostname === '100.100.100.200' ||
  hostname === '192.0.0.192' ||
  /^\[(?:fe[89ab][0-9a-f]:|fd00:ec2::254\]|::ffff:a9fe:)/i.test(hostname) ||
  /^(?:metadata|instance-data|metadata\.google\.internal)\.?$/i.test(hostname)

/** What is wrong with the address of a webhook's receiver; null when it can be called. */
export const receiverProblem = (url: string): string | null => {
  if (!URL.canParse(url)) return 'must be a URL'
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') {
    return `must begin with http:// or https://, not ${protocol}//`
  }
  if (!isForbiddenHost(hostname)) return null
  return `must not lead to ${hostname}: link-local and metadata addresses are never called`
}

/** Schemes that run what stands in the address, or show what is on the visitor's own machine. */
const isForbiddenScheme = (protocol: string): boolean =>
  /^(?:about|blob|data|file|filesystem|javascript|jar|vbscript|view-source):$/.test(protocol)

/**
 * What is wrong with an address to which a browser is sent; null when it can go there: a page of the
 * web, or an app by its own scheme (Seam docs: Connect Webviews in mobile apps).
 */
export const redirectProblem = (url: string): string | null => {
  if (!URL.canParse(url)) return 'must be a URL'
  const { protocol } = new URL(url)
  return isForbiddenScheme(protocol) ? `must lead to a page or an app, not ${protocol}` : null
}
