/** The adapter that `explore init` writes. */
export const starterConfig = `// How the guest-stay explorer reaches your app. Guide: docs/guides/explorer.md
//
// A verb is a method and URL, a command ({ run: 'python app.py book' }, which reads JSON from its standard
// input), or a function. All of them are given the booking:
//   { booking_id, guest: { name, phone }, device_ids, starts_at, ends_at, now }
// Names in braces are put into the URL. 2xx means that the app has taken it; anything else is told again.
export default {
  // Starts your app. It finds SEAM_ENDPOINT, SEAM_API_KEY, SEAM_WEBHOOK_SECRET and ALERTS_URL in its
  // environment. Leave it out when the app runs already, with http://localhost:3020 as Seam's endpoint.
  // start: 'node server.js',
  // ready: 'http://localhost:4000/health',

  app: {
    // A booking has come in.
    book: 'POST http://localhost:4000/bookings',
    // Its times, doors or guest have changed: the booking as it is now.
    move: 'PUT http://localhost:4000/bookings/{booking_id}',
    cancel: 'DELETE http://localhost:4000/bookings/{booking_id}',
    // What the guest is told: a PIN, or { "pin": "1234", "is_ready": true }. When it is left out, the
    // PIN is that of the access code whose name has the booking's id in it.
    // pin_of: 'GET http://localhost:4000/bookings/{booking_id}/pin',
    // Does what is due, such as a nightly job: timers of your own do not run while time leaps.
    // tick: 'POST http://localhost:4000/tick',
    // Forgets everything: a new story begins, in a new world.
    // begin: 'POST http://localhost:4000/reset',
  },

  // Where Seam's webhooks go.
  // webhook_url: 'http://localhost:4000/webhooks',
  // webhook_secret: 'whsec_ZXhwbG9yZXItb2YtZ3Vlc3Qtc3RheXM=',

  // Whether your app tells the host of trouble, by POST to ALERTS_URL (http://localhost:3021/alerts):
  // { booking_id, device_id, message }
  alerts: false,

  // Your own doors: a fixture's name or path.
  // fixture: './my-world.json',
}
`
