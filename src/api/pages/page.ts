/** What all pages share: HTML that cannot be broken out of, and how it is answered. */
import { raw } from 'hono/html'
import type { html } from 'hono/html'
import { rawAnswer } from '../http/answer.ts'
import type { Answer } from '../http/answer.ts'

/** A piece of HTML: values put into it are escaped, other pieces are not. */
export type Html = ReturnType<typeof html>

/** JSON that is safe inside a script element. */
export const scriptJson = (value: unknown): Html =>
  raw(JSON.stringify(value).replaceAll('<', '\\u003c'))

/** A page with its styles and scripts in it, which asks for nothing else and is kept nowhere. */
export const htmlAnswer = async (
  status: number,
  page: Html,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> =>
  rawAnswer(
    status,
    {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'",
      ...headers,
    },
    String(await page),
  )

/** To another page. A header holds ASCII alone: what else an address has is percent-encoded. */
export const goTo = (address: string): Answer => {
  const location = URL.canParse(address) ? new URL(address).href : address
  return rawAnswer(303, { location, 'cache-control': 'no-store' })
}
