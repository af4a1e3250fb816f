import { hidesPins } from '../model/state.ts'

/** A PIN; covered while somebody shares the screen. */
export const Pin = ({ code }: { code: string | null }) => {
  if (code === null) return <span class="quiet">no PIN</span>
  if (!hidesPins.value) return <span class="pin">{code}</span>
  return (
    <span class="pin" aria-label="PIN, covered">
      {'•'.repeat(code.length)}
    </span>
  )
}
