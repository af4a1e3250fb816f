import { useEffect, useState } from 'preact/hooks'
import { CopyIcon } from './icons.tsx'
import { Button } from '../ui/button.tsx'

interface CopyButtonProps {
  text: string
  /** What it says, and what it says once the text is copied. */
  label: string
  done: string
  look?: 'plain' | 'main'
}

/** Where a page may not write to the clipboard (no secure address), an old way remains. */
const copied = async (text: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    document.execCommand('copy')
    area.remove()
  }
}

/** Copies a text, and says so for two seconds. */
export const CopyButton = ({ text, label, done, look }: CopyButtonProps) => {
  const [isDone, setDone] = useState(false)
  useEffect(() => {
    if (!isDone) return undefined
    const timer = setTimeout(() => setDone(false), 2_000)
    return () => clearTimeout(timer)
  }, [isDone])
  const press = async (): Promise<void> => {
    await copied(text)
    setDone(true)
  }
  return (
    <Button {...(look !== undefined && { look })} aria-live="polite" onClick={() => void press()}>
      <CopyIcon size={14} />
      {isDone ? done : label}
    </Button>
  )
}
