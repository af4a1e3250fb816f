import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** A part that is loaded when it is first shown: the start stays small. */
export const later = (load: () => Promise<ComponentType>): ComponentType => {
  let known: ComponentType | null = null
  return () => {
    const [Part, setPart] = useState<{ it: ComponentType } | null>(
      known === null ? null : { it: known },
    )
    useEffect(() => {
      let isWanted = true
      const read = async (): Promise<void> => {
        // Where its file is not there any more, the server is of another version: places say so.
        known = await load().catch(() => null)
        if (isWanted && known !== null) setPart({ it: known })
      }
      if (known === null) void read()
      return () => {
        isWanted = false
      }
    }, [])
    return Part === null ? null : <Part.it />
  }
}
