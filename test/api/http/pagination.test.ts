import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { serverAuth } from '../../../src/api/http/auth.ts'
import { defineEndpoint } from '../../../src/api/http/endpoint.ts'
import { pageParams } from '../../../src/api/http/fields.ts'
import { pageOf, pageStart } from '../../../src/api/http/pagination.ts'
import { pagination } from '../../../src/api/http/pagination.ts'
import { bearer, createTestApp, post } from '../../support/api-universe.ts'

const numbers = [1, 2, 3, 4, 5]

const app = createTestApp([
  defineEndpoint({
    path: '/numbers/list',
    methods: ['GET', 'POST'],
    auth: serverAuth,
    effect: 'read',
    params: () =>
      z.object({
        ...pageParams(500),
        parity: z.enum(['odd', 'even']).optional(),
        tags: z.array(z.string()).optional(),
      }),
    result: () => ({ numbers: z.array(z.number()), pagination: pagination() }),
    handler: (call, { limit, page_cursor, parity }) => {
      const after = Number(pageStart(call, page_cursor)?.[0] ?? 0)
      const found = numbers
        .filter((n) => n > after && (parity === undefined || (n % 2 === 1) === (parity === 'odd')))
        .slice(0, limit + 1)
      const isFake = call.world.workspace.loose_ids
      const page = pageOf(call, found, { limit, positionOf: (n) => [n], hasFakeQuirks: isFake })
      return { numbers: [...page.rows], pagination: page.pagination }
    },
  }),
])

const page = z.object({ numbers: z.array(z.number()), pagination: pagination() })
const refusal = z.object({ error: z.object({ type: z.string() }) })

const list = async (params: object, token?: string) => {
  const response = await app.request('/numbers/list', post(params, bearer(token)))
  return page.parse(await response.json())
}
const refused = async (params: object) => {
  const response = await app.request('/numbers/list', post(params))
  return { status: response.status, type: refusal.parse(await response.json()).error.type }
}

describe('a list in pages', () => {
  it('is gone through by cursor, whatever the page size', async () => {
    const first = await list({ limit: 2 })
    expect(first.numbers).toEqual([1, 2])
    expect(first.pagination.has_next_page).toBe(true)
    const second = await list({ limit: 1, page_cursor: first.pagination.next_page_cursor })
    expect(second.numbers).toEqual([3])
    const last = await list({ page_cursor: second.pagination.next_page_cursor })
    expect(last).toEqual({
      numbers: [4, 5],
      pagination: { has_next_page: false, next_page_cursor: null, next_page_url: null },
    })
  })

  it('has no next page when the rows just fill this one', async () => {
    expect((await list({ limit: 5 })).pagination.has_next_page).toBe(false)
    expect((await list({ limit: 4 })).pagination.has_next_page).toBe(true)
  })

  it('gives a URL of the next page that keeps the filters', async () => {
    const { pagination: next } = await list({ limit: 1, parity: 'odd', tags: ['a', 'b'] })
    const url = new URL(next.next_page_url ?? '')
    expect(url.origin).toBe('http://localhost')
    expect([...url.searchParams.keys()].sort()).toEqual([
      'limit',
      'page_cursor',
      'parity',
      'tags',
      'tags',
    ])
    const response = await app.request(url.href, { headers: bearer() })
    expect(page.parse(await response.json()).numbers).toEqual([3])
  })

  it("names the cursor twice in the URL in the vendor's fake world only", async () => {
    const url = async (token: string) => (await list({ limit: 1 }, token)).pagination.next_page_url
    expect(await url('seam_test_one')).not.toContain('next_page_cursor')
    expect(await url('seam_test_two')).toMatch(/\/numbers\/list.*[?&]next_page_cursor=/)
  })

  it('takes null and nothing for the first page', async () => {
    expect((await list({ page_cursor: null })).numbers).toEqual(numbers)
    const response = await app.request('/numbers/list?page_cursor=&limit=2', { headers: bearer() })
    expect(page.parse(await response.json()).numbers).toEqual([1, 2])
  })
})

describe('a cursor is refused', () => {
  it('with other filters', async () => {
    const { pagination: next } = await list({ limit: 1, parity: 'odd' })
    expect(await refused({ parity: 'even', page_cursor: next.next_page_cursor })).toEqual({
      status: 400,
      type: 'mismatched_page_parameters',
    })
  })

  it.each(['x', 'bm9wZQ', Buffer.from('[1,2]').toString('base64url')])(
    'when it does not decode: %s',
    async (page_cursor) => {
      expect(await refused({ page_cursor })).toEqual({ status: 400, type: 'invalid_input' })
    },
  )
})
