import { useState } from 'preact/hooks'
import { appCopy } from '../copy/app.ts'
import { KeyboardIcon } from '../icons.tsx'
import { bindings, keysAct, setKeysAct, useKeys } from '../keys.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

const named: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
}

const KeyList = () => (
  <dl class="key-list">
    {bindings.value.map(({ key, says }) => (
      <div key={`${key} ${says}`}>
        <dt>
          <kbd>{named[key] ?? key}</kbd>
        </dt>
        <dd>{says}</dd>
      </div>
    ))}
  </dl>
)

/** The keys that act, and a switch for all of them. */
export const Help = () => {
  const [isOpen, setOpen] = useState(false)
  useKeys([{ key: '?', says: appCopy.help.open, run: () => setOpen(true) }])
  return (
    <>
      <Button
        look="plain"
        aria-label={appCopy.help.open}
        title={`${appCopy.help.open} (?)`}
        onClick={() => setOpen(true)}
      >
        <KeyboardIcon />
      </Button>
      {isOpen && (
        <Dialog title={appCopy.help.heading} onClose={() => setOpen(false)}>
          <label class="switch">
            <input
              type="checkbox"
              checked={keysAct.value}
              onChange={({ currentTarget }) => setKeysAct(currentTarget.checked)}
            />
            {appCopy.help.on}
          </label>
          <KeyList />
        </Dialog>
      )}
    </>
  )
}
