import { createHmac, createSecretKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { remembering } from '../lib/remembering.ts'

const PREFIX = 'whsec_'

/** @throws Error for one that no verifier could read */
const readKey = (secret: string): KeyObject => {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw new Error('its secret is not base64')
  return createSecretKey(text, 'base64')
}

const KNOWN_KEYS = 1_000
const keyOf = remembering(KNOWN_KEYS, readKey)

/**
 * The Svix headers of one attempt. The timestamp is wall-clock time, for a verifier compares it with
 * its own clock; every attempt is signed anew. What is signed is the message's id, the timestamp in
 * seconds and the body, with dots between them (Standard Webhooks, "Signature scheme").
 *
 * @throws Error when the secret is none
 */
export const svixHeaders = (
  secret: string,
  message_id: string,
  body: string,
  wall: number,
): Record<string, string> => {
  const timestamp = String(Math.floor(wall / 1000))
  const sum = createHmac('sha256', keyOf(secret)).update(`${message_id}.${timestamp}.${body}`)
  return {
    'svix-id': message_id,
    'svix-timestamp': timestamp,
    'svix-signature': `v1,${sum.digest('base64')}`,
  }
}
