import { explainAccessCode } from '../../sim/access-codes/explain.ts'
import { answerRoute } from './endpoint.ts'
import { accessCodeRoutes } from '../../contract/explain.ts'

const explain = answerRoute(accessCodeRoutes.explain, {
  effect: 'read',
  handler: ({ world }, { access_code_id }) => ({
    explanation: { access_code_id, ...explainAccessCode(world, access_code_id) },
  }),
})

export const accessCodeControlEndpoints = [explain]
