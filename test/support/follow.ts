/** What is told of grants and what belongs to them, by a real webhook whose signatures are verified. */
import type { Place } from './place.ts'
import { startReceiver } from './receiver.ts'

const isOurs = (type: string): boolean =>
  /^(access_(grant|method|code)|space|phone|client_session)\./.test(type)

export const follow = async (place: Place) => {
  const receiver = await startReceiver()
  const { secret } = await place.seam.webhooks.create({ url: receiver.url, event_types: ['*'] })
  let read = 0
  return {
    /** The types told since the last time, in their order, without `access_`. */
    news: (): string[] => {
      const types = receiver.types().filter(isOurs)
      const fresh = types.slice(read)
      read = types.length
      return fresh.map((type) => type.replace(/^access_/, ''))
    },
    /** The messages of one type. */
    ofType: (type: string) =>
      receiver.received.map((it) => it.event).filter((event) => event.event_type === type),
    /** Verifies every message by the official helper. */
    close: async () => {
      receiver.verifyAll(secret ?? '')
      await receiver.close()
    },
  }
}
