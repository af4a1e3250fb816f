/** The sentences of the place Now. */
const many = (count: number, one: string, more: string): string =>
  `${count} ${count === 1 ? one : more}`

export const nowCopy = {
  verdict: {
    label: 'Verdict',
    agree: 'Every lock agrees with what was declared.',
    agreed: 'Nobody was locked out then, and no former guest got in.',
    tryThis: 'Break something: unplug a bridge or leap past a check-in.',
    lockedOut: (n: number) => `${n === 1 ? 'guest' : 'guests'} locked out now`,
    lockedOutThen: (n: number) => `${n === 1 ? 'guest' : 'guests'} locked out then`,
    overstay: (n: number) =>
      n === 1 ? 'former guest still gets in' : 'former guests still get in',
    other: (n: number) => (n === 1 ? 'other code differs' : 'other codes differ'),
    worst: (span: string) => `worst ${span}`,
    more: (n: number) => `${n} more`,
  },
  doors: {
    label: 'Doors',
    onlyTrouble: 'only trouble',
    noTrouble: 'No door is in trouble.',
    elsewhere: 'Without a place',
    agrees: 'agrees',
    offline: 'offline',
    count: (n: number) => many(n, 'door', 'doors'),
    memoryTitle: (used: number, capacity: number) =>
      `${used} of ${capacity} places of its memory are taken`,
    lockedOut: 'locked out',
    overstay: 'still opens',
    differs: 'differs',
    memory: (used: number, capacity: number) => `${used}/${capacity}`,
  },
  drawer: {
    label: 'Log',
    next: 'What comes',
    happened: 'What happened',
  },
  parts: { label: 'Shown', doors: 'Doors', time: 'Timeline', log: 'Log' },
  keys: {
    next: 'Next disagreement',
    previous: 'Disagreement before',
    open: 'Open what is chosen',
    back: 'Choose nothing',
    onlyTrouble: 'Only doors in trouble',
  },
  empty: {
    noCalls: 'Your app has not called this workspace. Point it here:',
    lines: (endpoint: string, key: string) => `SEAM_ENDPOINT=${endpoint}\nSEAM_API_KEY=${key}`,
    noCodes: 'No access codes yet. Create one from your app, or here:',
    putAStay: (door: string) => `Put a stay on ${door}`,
    noWebhook: 'No webhook is registered, so nobody is told. Use the built-in inbox:',
    registerInbox: 'Register it',
    noDevices: 'This workspace has no locks.',
    noDevicesDo: 'Connect an account from your app, or hang one:',
    hang: 'Hang a lock',
    butHas: 'It has',
    systems: (n: number) => many(n, 'access system', 'access systems'),
    rooms: (n: number) => many(n, 'other device', 'other devices'),
  },
}
