// How the guest-stay explorer reaches the sample app in Python. BUG=forgets_cancel plants a bug.
const port = process.env.PORT ?? '4000'
const app = `http://localhost:${port}`

export default {
  start: 'python3 examples/explorer/python/app.py',
  ready: `${app}/health`,
  app: {
    book: `POST ${app}/book`,
    move: `POST ${app}/move`,
    cancel: `POST ${app}/cancel`,
    tick: `POST ${app}/tick`,
    begin: `POST ${app}/begin`,
  },
  port: 0,
  alerts_port: 0,
}
