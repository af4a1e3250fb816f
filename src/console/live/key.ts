/** The API key: it comes in the fragment of the address, and stays in this tab. */
import { signal } from '@preact/signals'

const STORED = 'seam-emulator-key'

/** The key that the address has, taken out of it: a place can be pasted into a chat, a key cannot. */
const takeFromAddress = (): string | null => {
  const { hash, pathname, search } = location
  const found = /^#key=([^&/]+)(.*)$/.exec(hash)
  if (found === null) return null
  const [, given = '', rest = ''] = found
  history.replaceState(null, '', `${pathname}${search}${rest === '' ? '' : `#${rest}`}`)
  return decodeURIComponent(given)
}

const isLoopback = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname)

/** What the form begins with: on this machine everybody knows the default. */
export const suggestedKey = isLoopback ? 'seam_test_default' : ''

const initial = (): string | null => {
  const given = takeFromAddress()
  if (given !== null) sessionStorage.setItem(STORED, given)
  return given ?? sessionStorage.getItem(STORED)
}

/** null while nobody has given one. */
export const apiKey = signal<string | null>(initial())

/** Another workspace: everything that is shown is of the old one, so the page begins anew. */
export const openKey = (key: string): void => {
  sessionStorage.setItem(STORED, key)
  location.reload()
}

/** A link with a key in it that is opened where the page is already open. */
export const watchForKeys = (): void => {
  addEventListener('hashchange', () => {
    const given = takeFromAddress()
    if (given !== null && given !== apiKey.value) openKey(given)
  })
}

/** Asks for another one. */
export const forgetKey = (): void => {
  sessionStorage.removeItem(STORED)
  location.reload()
}
