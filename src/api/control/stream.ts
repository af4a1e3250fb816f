import { streamRoute } from '../../contract/stream.ts'
import { rawAnswer } from '../http/answer.ts'
import { answerRoute } from './endpoint.ts'

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies would collect frames.
  'x-accel-buffering': 'no',
}

/** For pages of the emulator itself: others are refused before they come here. */
export const stream = answerRoute(streamRoute, {
  effect: 'async',
  handler: ({ workspace_id, services, header, method }, { kinds }) => {
    const body =
      method === 'HEAD'
        ? null
        : services.live.open(workspace_id, { last_event_id: header('last-event-id'), kinds })
    return Promise.resolve(rawAnswer(200, headers, body))
  },
})
