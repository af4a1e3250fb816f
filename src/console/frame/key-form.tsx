import { useState } from 'preact/hooks'
import { appCopy } from '../copy/app.ts'
import { suggestedKey, openKey } from '../live/key.ts'

/** Asks for the key, where the address had none. */
export const KeyForm = () => {
  const [key, setKey] = useState(suggestedKey)
  return (
    <main class="key-form">
      <h1>{appCopy.key.heading}</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (key.trim() !== '') openKey(key.trim())
        }}
      >
        <label class="field">
          <span>{appCopy.key.label}</span>
          <input
            class="input mono"
            value={key}
            autocomplete="off"
            spellcheck={false}
            onInput={({ currentTarget }) => setKey(currentTarget.value)}
          />
        </label>
        <button type="submit" class="button button-main">
          {appCopy.key.open}
        </button>
      </form>
      <p class="quiet">{appCopy.key.hint}</p>
    </main>
  )
}
