/** What a fixture may say of a webhook. */
import { z } from 'zod'
import { receiverProblem } from '../../lib/addresses.ts'
import { webhookSecret } from '../../lib/webhook-secret.ts'
import { fixturePart } from '../kernel/fixture-part.ts'
import { insertWebhook } from './operations.ts'

const item = () =>
  z.strictObject({
    url: z
      .url()
      .max(2_000)
      .superRefine((url, context) => {
        const problem = receiverProblem(url)
        if (problem !== null) context.addIssue(problem)
      })
      .describe('Where its messages are sent.'),
    event_types: z
      .array(z.string().max(200))
      .default(['*'])
      .describe('The events that it is told of; `*` stands for all.'),
    secret: webhookSecret()
      .describe('What its messages are signed with; made when not given.')
      .optional(),
  })

export const webhooksFixture = fixturePart({
  list: 'webhooks',
  description: 'Receivers of events.',
  item,
  apply: (world, { url, event_types, secret }) => {
    insertWebhook(world, url, event_types, secret)
  },
})
