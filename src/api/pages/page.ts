/** What all pages share: HTML that cannot be broken out of, and how it is answered. */
import { raw } from 'hono/html'
import type { html } from 'hono/html'
import { rawAnswer } from '../http/answer.ts'
import type { Answer } from '../http/answer.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import type { UnscopedContext } from '../http/endpoint.ts'
import { isDomainError } from '../../sim/kernel/errors.ts'
import type { z } from 'zod'

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

interface Page<P extends z.ZodType<object>> {
  path: `/${string}`
  summary: string
  params: () => P
  respond: (context: UnscopedContext, given: z.output<P>) => Answer | Promise<Answer>
  /** The page that says why something did not work. */
  refusal: (message: string) => Answer | Promise<Answer>
}

/** A page with forms of its own, which people open by a link and without a key. */
export const pageEndpoint = <P extends z.ZodType<object>>({ respond, refusal, ...page }: Page<P>) =>
  defineEndpoint({
    ...page,
    methods: ['GET', 'POST'],
    auth: [],
    effect: 'unscoped',
    accepts_forms: true,
    result: () => ({}),
    handler: async (context, given) => {
      try {
        return await respond(context, given)
      } catch (error) {
        if (!isDomainError(error)) throw error
        return await refusal(error.message)
      }
    },
  })
