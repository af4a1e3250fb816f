/** The sentences of the place Doctor. */
const many = (count: number, one: string, more: string): string =>
  `${count} ${count === 1 ? one : more}`

export const doctorCopy = {
  title: 'Doctor',
  seen: (calls: number, deliveries: number) =>
    `Seen: ${many(calls, 'call', 'calls')} and ${many(deliveries, 'delivery', 'deliveries')}.`,
  wrong: (n: number) => `${n} wrong`,
  warning: (n: number) => many(n, 'warning', 'warnings'),
  well: 'Nothing wrong found.',
  probe: 'Try my webhooks',
  probeMore:
    'Sends each webhook a forged signature, which must be refused, and events that it has had before, which must change nothing.',
  probeSays: 'Examine the integration, and try its webhooks',
  probed: 'with what your webhooks did when they were tried',
  verdicts: { wrong: 'wrong', warning: 'warning', unknown: 'not known', good: 'good' },
  list: 'Findings',
  noCalls: 'Your app has not called this workspace yet, so nothing can be said of it.',
}
