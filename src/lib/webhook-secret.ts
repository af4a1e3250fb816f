/** The secret that a webhook's messages are signed with, as Svix verifiers take it. */
import { z } from 'zod'

export const webhookSecret = () =>
  z.string().regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, {
    error: 'must be whsec_ and 24 to 64 bytes in base64',
  })
