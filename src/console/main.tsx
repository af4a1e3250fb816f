/** The start of the console. */
import { render } from 'preact'
import { App } from './app.tsx'
import { watchKeys } from './keys.ts'
import { follow } from './live/follow.ts'
import { apiKey, watchForKeys } from './live/key.ts'
import { watchVisibility } from './model/state.ts'
import { watchAddress } from './router.ts'

watchForKeys()
watchAddress()
watchKeys()
watchVisibility()
const root = document.querySelector('#console')
if (root !== null) render(<App />, root)
const key = apiKey.peek()
if (key !== null) follow(key)
