// A guest's stay with Seam's own SDK. Run it with:
//   npx seam-emulator exec --clock frozen -- node examples/javascript/guest-stay.js
import assert from 'node:assert/strict'
import { SeamHttp } from '@seamapi/http' // or: import { Seam } from 'seam'

const endpoint = process.env.SEAM_ENDPOINT
const apiKey = process.env.SEAM_API_KEY
const seam = new SeamHttp({ endpoint, apiKey })

/** The emulator's own controls take the same key as the API itself. */
async function control(path, body = {}) {
  const answer = await fetch(`${endpoint}/_emulator/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const json = await answer.json()
  assert.equal(answer.status, 200, json.error?.message)
  return json
}

const starts_at = '2025-02-01T15:00:00.000Z'
const ends_at = '2025-02-04T10:00:00.000Z'

const [lock] = await seam.devices.list({ device_type: 'august_lock' })
const { access_code_id, code } = await seam.accessCodes.create({
  device_id: lock.device_id,
  name: 'Ada Guest',
  starts_at,
  ends_at,
})
console.log(`Booked. The PIN for ${lock.properties.name} will be ${code}.`)

await control('clock/advance', { to: starts_at })
const { status } = await seam.accessCodes.get({ access_code_id })
const atCheckIn = await control('locks/enter_code', { device_id: lock.device_id, code })
console.log(`Check-in: the code is ${status}, the door opens: ${atCheckIn.opened}.`)
assert.equal(status, 'set')
assert.equal(atCheckIn.opened, true)

await control('clock/advance', { to: ends_at })
await control('clock/advance', { by: '10m' })
const atCheckOut = await control('locks/enter_code', { device_id: lock.device_id, code })
console.log(`Check-out: the door opens: ${atCheckOut.opened} (${atCheckOut.reason}).`)
assert.equal(atCheckOut.opened, false)
