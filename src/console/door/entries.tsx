/** What happened at a door: typed PINs, links, codes that were lost or changed by hand. */
import type { ChronicleEntry } from '../../contract/chronicle.ts'
import { doorCopy } from '../copy/door.ts'
import { useAsk } from '../live/use-ask.ts'
import { seq } from '../model/state.ts'
import { Sentence } from '../ui/sentence.tsx'
import { Instant } from '../ui/time.tsx'

const copy = doorCopy.entries

const slotText = (slot: number | undefined): string => (slot === undefined ? '' : copy.slot(slot))

const texts: Record<ChronicleEntry['kind'], (it: ChronicleEntry) => string> = {
  keypad_entry: ({ code = '', opened, reason }) =>
    opened === true ? copy.opened(code) : copy.refused(code, reason ?? ''),
  link: ({ up, part = 'radio' }) => (up === true ? copy.up(part) : copy.down(part)),
  slot_lost: ({ slot }) => copy.lost(slotText(slot)),
  manufacturer_app: ({ action = 'update_code', slot }) => `${copy.hand[action]}${slotText(slot)}`,
  factory_reset: () => copy.wiped,
  command_answered: ({ command = 'set', attempt }) =>
    copy.failed(command, attempt === undefined ? '' : copy.attempt(attempt)),
  fault_hit: ({ on = '' }) => copy.fault(on),
}

export const entryText = (it: ChronicleEntry): string => texts[it.kind](it)

const NEWEST = 20

export const Entries = ({ device_id }: { device_id: string }) => {
  const { answer } = useAsk('/_emulator/chronicle', { device_id, order: 'desc', limit: NEWEST }, [
    seq.value,
  ])
  if (answer === null) return null
  return (
    <section class="door-part" aria-label={copy.heading}>
      <h3>{copy.heading}</h3>
      {answer.chronicle.length === 0 ? (
        <p class="quiet">{copy.none}</p>
      ) : (
        <ol class="entries">
          {answer.chronicle.map((it) => (
            <li key={it.seq} data-kind={it.kind} data-opened={it.opened}>
              <span class="quiet">
                <Instant at={it.at} exact />
              </span>
              <span>
                <Sentence text={entryText(it)} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
