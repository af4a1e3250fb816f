// Planted bug: every webhook is taken for news. One that comes twice alerts the host twice.
import createReference from '../reference-integration.js'

export default function createApp(parts) {
  const app = createReference(parts)
  return {
    ...app,
    async webhook(body, headers) {
      const { event_type, device_id } = JSON.parse(body)
      if (event_type === 'access_code.set_on_device') {
        parts.alert({ device_id, message: `A code is on the lock: ${body.slice(0, 60)}` })
      }
      await app.webhook(body, headers)
    },
  }
}
