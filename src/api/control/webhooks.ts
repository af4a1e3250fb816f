import { webhookRoutes } from '../../contract/webhooks.ts'
import { insertWebhook } from '../../sim/webhooks/operations.ts'
import { presentWebhook, webhook } from '../seam/webhooks/wire.ts'
import { answerRoute } from './endpoint.ts'

const create = answerRoute(
  webhookRoutes.create,
  {
    effect: 'write',
    handler: ({ world }, { url, event_types, secret }) => ({
      webhook: presentWebhook(insertWebhook(world, url, event_types, secret)),
    }),
  },
  { exact: () => ({ webhook: webhook() }) },
)

export const webhookControlEndpoints = [create]
