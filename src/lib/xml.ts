/** Text as it may stand in XML, attributes included. */
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** XML 1.0 has no way to write most control characters: they become U+FFFD. */
export const xml = (text: string): string =>
  text
    .replaceAll(/[&<>"]/g, (it) => escapes[it] ?? it)
    .replaceAll(/[\n\r\t]/g, (it) => `&#${it.charCodeAt(0)};`)
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
