import { answerRoute } from './endpoint.ts'
import { readyRoute } from '../../contract/index.ts'

/** The server listens only once its fixtures are loaded, so to be answered is to be ready. */
export const ready = answerRoute(readyRoute, {
  effect: 'unscoped',
  handler: () => ({}),
})
