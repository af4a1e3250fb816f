/** The sentences of the place Lock-outs. */
const many = (count: number, one: string, more: string): string =>
  `${count} ${count === 1 ? one : more}`

const reasons: Record<string, string> = {
  no_power: 'no power',
  keypad_unavailable: 'keypad dead',
  too_many_attempts: 'too many wrong codes',
  blocked_by_privacy_mode: 'privacy mode',
  jammed: 'jammed',
  outside_window: "outside the window by the lock's clock",
  code_not_on_lock: 'code not on the lock',
  overstay: 'could still get in',
}

export const lockoutsCopy = {
  title: 'Lock-outs',
  lockedOut: 'locked out',
  overstay: 'could still get in',
  by: 'Added up by',
  groupings: { guest: 'Guest', lock: 'Lock', reason: 'Reason', day: 'Day (UTC)' },
  columns: {
    stays: 'stays',
    guest: 'guest',
    door: 'door',
    stay: 'stay',
    why: 'why',
    when: 'when',
    long: 'for how long',
    lockedOut: 'locked out',
    overstay: 'still got in',
  },
  headline: (span: string) => `${span} locked out`,
  headlineOver: (span: string) => `${span} in after check-out`,
  of: (n: number) => `of ${many(n, 'stay', 'stays')}`,
  each: 'Every time, one by one',
  none: 'Nobody stood before a shut door, and nobody came in after check-out.',
  noneDo: 'Unplug a bridge and leap past a check-in to see how that is told.',
  noCodes: 'No stay has begun yet. Create a code from your app, or leap to a check-in.',
  json: 'JSON',
  csv: 'CSV',
  print: 'Print',
  since: 'from',
  reasonOf: (reason: string) => reasons[reason] ?? reason.replaceAll('_', ' '),
}
