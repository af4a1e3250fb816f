/** What is shown of the timeline, and how much of it. */
import { timelineCopy as copy } from '../copy/timeline.ts'
import { MinusIcon, PlusIcon } from '../clock/icons.tsx'
import { SearchIcon } from '../icons.tsx'
import { Button } from '../ui/button.tsx'
import {
  asTable,
  comeTo,
  fit,
  foldedDoors,
  foldsIdle,
  onlyTrouble,
  rows,
  search,
  zoom,
} from './looking.ts'

const STEP = 0.7

const Switch = ({
  on,
  says,
  title,
  onTurn,
}: {
  on: boolean
  says: string
  title?: string
  onTurn: (on: boolean) => void
}) => (
  <label class="switch" title={title}>
    <input
      type="checkbox"
      checked={on}
      onChange={({ currentTarget }) => onTurn(currentTarget.checked)}
    />
    {says}
  </label>
)

const Search = () => (
  <label class="tl-search">
    <SearchIcon size={14} />
    <input
      class="input"
      type="search"
      aria-label={copy.search}
      placeholder={copy.searchFor}
      value={search.value}
      onInput={({ currentTarget }) => {
        search.value = currentTarget.value
      }}
    />
  </label>
)

const Zoom = () => (
  <span class="tl-group">
    <Button aria-label={copy.zoomOut} onClick={() => zoom(1 / STEP)}>
      <MinusIcon />
    </Button>
    <Button aria-label={copy.zoomIn} onClick={() => zoom(STEP)}>
      <PlusIcon />
    </Button>
    <Button aria-label={copy.fit} title={copy.fit} onClick={fit}>
      {copy.fitShort}
    </Button>
    <Button aria-label={copy.toNow} title={copy.toNow} onClick={() => comeTo()}>
      {copy.now}
    </Button>
  </span>
)

const FoldAll = () => {
  const isAnyFolded = foldedDoors.value.size > 0
  return (
    <Button
      look="plain"
      onClick={() => {
        foldedDoors.value = isAnyFolded
          ? new Set()
          : new Set(rows.peek().flatMap((it) => (it.kind === 'door' ? [it.device_id] : [])))
      }}
    >
      {isAnyFolded ? copy.unfoldAll : copy.foldAll}
    </Button>
  )
}

export const Toolbar = () => (
  <div class="tl-toolbar">
    <Switch
      on={onlyTrouble.value}
      says={copy.onlyTrouble}
      onTurn={(on) => {
        onlyTrouble.value = on
      }}
    />
    <Switch
      on={foldsIdle.value}
      says={copy.fold}
      title={copy.foldMore}
      onTurn={(on) => {
        foldsIdle.value = on
      }}
    />
    <FoldAll />
    <Button
      look="plain"
      aria-pressed={asTable.value}
      onClick={() => {
        asTable.value = !asTable.peek()
      }}
    >
      {asTable.value ? copy.asRows : copy.asTable}
    </Button>
    <Zoom />
    <Search />
  </div>
)

const kinds = ['declared', 'held', 'says', 'lockedOut', 'overstay'] as const

export const Legend = () => (
  <ul class="tl-legend" aria-label={copy.legend.label}>
    {kinds.map((kind) => (
      <li key={kind}>
        <i class="tl-sample" data-kind={kind} />
        {copy.legend[kind]}
      </li>
    ))}
  </ul>
)
