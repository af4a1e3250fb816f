import { hidesPins } from '../model/state.ts'
import { Instant } from './time.tsx'

/** PINs are runs of four to eight digits that are no part of anything longer. */
const PIN = /(?<![\d:.\w-])\d{4,8}(?![\d:\w-])/g

const INSTANT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/

const covered = (text: string): string =>
  hidesPins.value ? text.replaceAll(PIN, (pin) => '•'.repeat(pin.length)) : text

/** A sentence of the server's: instants as people read them, and PINs covered while a screen is shared. */
export const Sentence = ({ text }: { text: string }) => (
  <>
    {text
      .split(INSTANT)
      .map((piece, index) =>
        index % 2 === 1 ? <Instant key={index} at={piece} /> : covered(piece),
      )}
  </>
)
