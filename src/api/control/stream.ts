import { streamRoute } from '../../contract/stream.ts'
import { rawAnswer } from '../http/answer.ts'
import { apiError } from '../http/errors.ts'
import { answerRoute } from './endpoint.ts'

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies would collect frames.
  'x-accel-buffering': 'no',
}

/**
 * Pages of this machine may call control routes, but what happens is told to the emulator's own page
 * alone: a stream would show all PINs to any page that knows a key, for as long as it is open.
 */
const isForeignPage = (site: string | undefined): boolean =>
  site !== undefined && site !== 'same-origin' && site !== 'none'

export const stream = answerRoute(streamRoute, {
  effect: 'async',
  handler: ({ workspace_id, services, header, method }, { kinds }) => {
    if (isForeignPage(header('sec-fetch-site'))) {
      const message = 'The stream is for the page of the emulator itself, and for programs.'
      throw apiError(403, 'cross_site_request', message)
    }
    const body =
      method === 'HEAD'
        ? null
        : services.live.open(workspace_id, { last_event_id: header('last-event-id'), kinds })
    return Promise.resolve(rawAnswer(200, headers, body))
  },
})
