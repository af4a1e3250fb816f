/** The sentences of the place Now. */
const many = (count: number, one: string, more: string): string =>
  `${count} ${count === 1 ? one : more}`

export const nowCopy = {
  verdict: {
    label: 'Verdict',
    agree: 'Every lock agrees with what was declared.',
    tryThis: 'Break something: unplug a bridge or leap past a check-in.',
    lockedOut: (n: number) => `${many(n, 'guest', 'guests')} locked out now`,
    overstay: (n: number) =>
      `${many(n, 'former guest', 'former guests')} still ${n === 1 ? 'gets' : 'get'} in`,
    other: (n: number) => many(n, 'other code differs', 'other codes differ'),
    worst: (span: string) => `worst ${span}`,
    more: (n: number) => `${n} more`,
  },
  doors: {
    label: 'Doors',
    onlyTrouble: 'only trouble',
    noTrouble: 'No door is in trouble.',
    elsewhere: 'Without a place',
    agrees: 'agrees',
    lockedOut: 'locked out',
    overstay: 'still opens',
    differs: 'differs',
    memory: (used: number, capacity: number) => `${used}/${capacity}`,
  },
  empty: {
    noDevices: 'This workspace has no locks.',
    noDevicesDo: 'Connect an account from your app, or hang one:',
    hang: 'Hang a lock',
  },
}
