import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { svixHeaders } from '../../src/webhooks/sign.ts'

test('what is signed is what the public verifier of the specification takes, whatever the secret', () => {
  const wall = Date.now()
  const body = '{"name":"Zoë 🏠"}'
  for (let bytes = 24; bytes <= 64; bytes++) {
    const secret = `whsec_${Buffer.alloc(bytes, bytes * 37).toString('base64')}`
    const headers = svixHeaders(secret, 'msg_1', body, wall)
    const named = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.replace('svix', 'webhook'), value]),
    )
    expect(new Webhook(secret).verify(body, named)).toEqual({ name: 'Zoë 🏠' })
    expect(svixHeaders(secret.replaceAll('=', ''), 'msg_1', body, wall)).toEqual(headers)
  }
})

test('a secret that no verifier could read signs nothing', () => {
  for (const secret of ['whsec_', 'whsec_no base64', ''])
    expect(() => svixHeaders(secret, 'msg_1', '{}', 0)).toThrow('its secret is not base64')
})
