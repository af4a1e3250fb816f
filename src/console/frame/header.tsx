import type { ComponentChildren } from 'preact'
import { Record } from '../acting/record-button.tsx'
import { appCopy } from '../copy/app.ts'
import { EyeIcon, EyeShutIcon } from '../icons.tsx'
import { apiKey } from '../live/key.ts'
import { connection, hidesPins } from '../model/state.ts'
import type { Connection } from '../model/state.ts'
import { places } from '../places.ts'
import { address, linkTo } from '../router.ts'
import { Button } from '../ui/button.tsx'
import { Help } from './help.tsx'
import { Search } from './search.tsx'

const Mark = () => (
  <svg width="16" height="18" viewBox="0 0 16 18" aria-hidden="true">
    <rect x="2.5" y="0.5" width="11" height="17" rx="2" fill="var(--held)" />
    <circle cx="10.4" cy="9.2" r="1.5" fill="var(--surface)" />
  </svg>
)

const wordFor = (it: Connection): string =>
  it.state === 'lost' && it.stopped ? appCopy.connection.stopped : appCopy.connection[it.state]

/** One calm word; what it means is said on demand. */
const Indicator = () => {
  const it = connection.value
  return (
    <span class="indicator" role="status" data-state={it.state} title={appCopy.connectionMore(it)}>
      <span class="indicator-dot" aria-hidden="true" />
      {wordFor(it)}
    </span>
  )
}

const PinSwitch = () => {
  const isOn = hidesPins.value
  return (
    <Button
      look="plain"
      aria-pressed={isOn}
      aria-label={appCopy.pins.hide}
      title={isOn ? appCopy.pins.show : appCopy.pins.hide}
      onClick={() => {
        hidesPins.value = !isOn
      }}
    >
      {isOn ? <EyeShutIcon /> : <EyeIcon />}
    </Button>
  )
}

const Places = () => (
  <nav class="places" aria-label={appCopy.places}>
    {places
      .filter(({ isListed }) => isListed !== false)
      .map(({ path, title }) => (
        <a
          key={path}
          href={linkTo(path)}
          aria-current={address.value.place === path ? 'page' : undefined}
        >
          {title}
        </a>
      ))}
  </nav>
)

/** @param children the clock */
export const Header = ({ children }: { children: ComponentChildren }) => (
  <header class="header">
    <div class="header-row">
      <a class="brand" href={linkTo('')}>
        <Mark />
        <span>{appCopy.title}</span>
      </a>
      <span class="workspace" title={appCopy.workspace}>
        {apiKey.value}
      </span>
      <div class="header-clock">{children}</div>
      <Indicator />
    </div>
    <div class="header-second">
      <Places />
      <div class="header-tools">
        <Record />
        <Search />
        <PinSwitch />
        <Help />
      </div>
    </div>
  </header>
)
