import { Webhook } from 'standardwebhooks'

const signers = new Map<string, Webhook>()

const signerOf = (secret: string): Webhook => {
  let signer = signers.get(secret)
  if (signer === undefined) {
    if (signers.size > 1_000) signers.clear()
    signer = new Webhook(secret)
    signers.set(secret, signer)
  }
  return signer
}

/**
 * The Svix headers of one attempt. The timestamp is wall-clock time, for a
 * verifier compares it with its own clock; every attempt is signed anew.
 */
export const svixHeaders = (
  secret: string,
  message_id: string,
  body: string,
  wall: number,
): Record<string, string> => ({
  'svix-id': message_id,
  'svix-timestamp': String(Math.floor(wall / 1000)),
  'svix-signature': signerOf(secret).sign(message_id, new Date(wall), body),
})
