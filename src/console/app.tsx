/** The frame around all places: header, places, and what is shown. */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { done } from './acting/act.ts'
import { Transport } from './clock/transport.tsx'
import { appCopy } from './copy/app.ts'
import { armed } from './faults/armed.ts'
import { Header } from './frame/header.tsx'
import { KeyForm } from './frame/key-form.tsx'
import { Notices } from './frame/notices.tsx'
import { useKeys } from './keys.ts'
import { apiKey } from './live/key.ts'
import { connection, seq, world } from './model/state.ts'
import { places } from './places.ts'
import type { Place } from './places.ts'
import { address, go } from './router.ts'
import { later } from './ui/later.tsx'

const Echo = later(async () => (await import('./acting/told.ts')).Echo)
const AimBar = later(async () => (await import('./touch.ts')).AimBar)

interface Loaded {
  place: Place
  /** null where its file is not there any more: the server is of another version. */
  Shown: ComponentType | null
}

/** Loads a place when it is first opened; meanwhile the one before stays. */
const usePlace = (place: Place | undefined): Loaded | null => {
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  useEffect(() => {
    let isWanted = true
    const load = async (wanted: Place): Promise<void> => {
      const Shown = await wanted.load().catch(() => null)
      if (isWanted) setLoaded({ place: wanted, Shown })
    }
    if (place !== undefined) void load(place)
    return () => {
      isWanted = false
    }
  }, [place])
  return loaded
}

const Outdated = () => (
  <div class="empty" role="alert">
    <p>{appCopy.outdated}</p>
    <button type="button" class="button" onClick={() => location.reload()}>
      {appCopy.reload}
    </button>
  </div>
)

const Content = () => {
  const place = places.find(({ path }) => path === address.value.place)
  const loaded = usePlace(place)
  if (place === undefined) {
    return (
      <p class="empty" data-place="unknown">
        {appCopy.unknownPlace}
      </p>
    )
  }
  if (world.value === null || loaded === null) return <p class="empty">{appCopy.loading}</p>
  const { Shown } = loaded
  return (
    // Tests wait for it: the place is there.
    <div class="place" data-place={loaded.place.path}>
      {Shown === null ? <Outdated /> : <Shown />}
    </div>
  )
}

const PlaceKeys = () => {
  useKeys(
    places.flatMap(({ key, title, path }) =>
      key === null ? [] : [{ key, says: appCopy.help.place(title), run: () => go(path) }],
    ),
  )
  return null
}

export const App = () => {
  useEffect(() => {
    const { place } = address.value
    const title = places.find(({ path }) => path === place)?.title
    document.title = title === undefined ? appCopy.title : `${title} – ${appCopy.title}`
  }, [address.value.place])
  if (apiKey.value === null) return <KeyForm />
  return (
    <div class="app" data-seq={seq.value} data-connection={connection.value.state}>
      <a class="skip" href="#content">
        {appCopy.skip}
      </a>
      <PlaceKeys />
      <Header>
        <Transport />
      </Header>
      <Notices />
      {armed.value !== null && <AimBar />}
      <main class="content" id="content" tabIndex={-1}>
        <Content />
      </main>
      {done.value.length > 0 && <Echo />}
    </div>
  )
}
