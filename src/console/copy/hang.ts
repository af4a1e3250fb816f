/** The sentences of hanging a lock. */
export const hangCopy = {
  heading: 'Hang a lock',
  hang: 'Hang it',
  model: 'Model',
  name: 'Name of the door',
  place: 'Place',
  keypad: 'with its keypad',
  bridge: (kind: string) => `behind a ${kind}`,
  says: (name: string) => `Hang ${name}`,
  about: (scheduling: 'native' | 'just_in_time', slots: number) =>
    `${scheduling === 'native' ? 'Keeps the times of codes itself' : 'Seam comes in time'}, ${
      slots === 0 ? 'computes which PINs are right' : `holds ${slots} codes`
    }.`,
}
