import { serve } from '@hono/node-server'
import { Hono } from 'hono'

// Two floors to compare with. `bare` echoes the body. `keyed` does the least that any authenticated
// JSON API must do: check the key, parse the body, answer with an object as large as a device of the
// vendor's fake. (736 bytes; ours is of 2,170, and written down besides.)

const style = process.argv[2]
const apiKey = 'seam_test_floor'

const device = {
  device_id: '00000000-0000-4000-8000-000000000001',
  is_managed: true,
  device_type: 'august_lock',
  display_name: 'Front door',
  connected_account_id: '00000000-0000-4000-8000-000000000002',
  capabilities_supported: ['lock', 'access_code'],
  created_at: '2026-01-01T00:00:00.000Z',
  properties: {
    name: 'Front door',
    appearance: { name: 'Front door' },
    online: true,
    manufacturer: 'august',
    locked: true,
    model: { display_name: 'Device', manufacturer_display_name: 'Generic' },
    battery: { level: 1, status: 'full' },
  },
  workspace_id: '00000000-0000-4000-8000-000000000003',
  errors: [],
  warnings: [],
  custom_metadata: {},
  can_remotely_lock: true,
  can_remotely_unlock: true,
  can_program_online_access_codes: true,
  space_ids: [],
}

const app = new Hono()
app.get('/_emulator/ready', (context) => context.json({ ok: true }))

if (style === 'keyed') {
  app.use(async (context, next) => {
    if (context.req.header('authorization') !== `Bearer ${apiKey}`) {
      const error = { type: 'unauthorized', message: 'unknown key' }
      return context.json({ error, ok: false }, 401)
    }
    return next()
  })
  app.post('/devices/get', async (context) => {
    const body: unknown = await context.req.json()
    if (typeof body !== 'object' || body === null || !('device_id' in body)) {
      return context.json({ ok: false }, 400)
    }
    return context.json({ device, ok: true })
  })
} else {
  app.post('/devices/get', async (context) => context.body(await context.req.text()))
}

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}`, api_key: apiKey }))
})
process.once('SIGTERM', () => {
  server.close()
  process.exit(0)
})
