/** The sentences of the clock. */
const many = (count: number, one: string, more: string): string =>
  `${count} ${count === 1 ? one : more}`

interface Told {
  readonly jobs: number
  readonly events: number
  readonly deliveries: number
  readonly check_ins: number
  readonly check_outs: number
  readonly is_whole: boolean
}

export const clockCopy = {
  label: 'Clock',
  freeze: 'Freeze the clock',
  run: 'Run the clock',
  runAt: (rate: number) => `Run the clock ${rate} times as fast`,
  rates: 'How fast the clock runs',
  frozen: 'frozen',
  leap: {
    label: 'Leap',
    event: 'next event',
    check_in: 'next check-in',
    check_out: 'next check-out',
    disagreement: 'next disagreement',
    delivery: 'next message',
    more: 'Leap to…',
    field: 'Instant or duration',
    example: '72h, 30m, 2025-01-12 15:00',
    go: 'Leap',
    wrong: 'Give a duration such as 72h, or an instant such as 2025-01-12 15:00.',
    by: (words: string) => `+${words}`,
    saysNext: (what: string) => `Leap to the ${what}`,
    saysBy: (words: string) => `Leap ${words} ahead`,
    saysTo: (instant: string) => `Leap to ${instant}`,
    search: (what: string) => `Goes on until the ${what}, for at most 30 days.`,
    noNext: (what: string) => `There is no ${what}.`,
  },
  preview: {
    to: (instant: string, told: string) => `To ${instant}: ${told}.`,
    nothing: 'nothing happens',
    parts: ({ jobs, events, deliveries, check_ins, check_outs, is_whole }: Told): string[] => [
      ...(is_whole ? [] : ['at least']),
      ...[
        [jobs, 'job', 'jobs'] as const,
        [events, 'event', 'events'] as const,
        [deliveries, 'message', 'messages'] as const,
        [check_ins, 'check-in', 'check-ins'] as const,
        [check_outs, 'check-out', 'check-outs'] as const,
      ].flatMap(([count, one, more]) => (count === 0 ? [] : [many(count, one, more)])),
    ],
    asking: 'Asking what will happen…',
  },
  leaping: {
    label: 'A leap is under way',
    to: (instant: string) => `Leaping to ${instant}`,
    searching: 'Looking for it',
    jobs: (count: number) => many(count, 'job', 'jobs'),
    waits: (url: string, span: string) => `Your app answers POST ${url} since ${span}.`,
    stop: 'Stop',
    saysStop: 'Stop the leap',
    other: 'Somebody else moves the clock, a test perhaps.',
  },
  past: {
    lookHere: 'look at this instant',
    looking: (instant: string) => `Looking at ${instant}. Nothing acts.`,
    back: 'Back to now',
    realWay: 'Time never runs backwards. A checkpoint does bring a world back.',
    checkpoints: 'Checkpoints',
  },
  agenda: {
    label: 'What comes next',
    none: 'Nothing is to happen by itself.',
    leap: (instant: string) => `Leap to ${instant}`,
    in: (span: string) => `in ${span}`,
    kinds: { job: 'work', check_in: 'check-in', check_out: 'check-out', delivery: 'message' },
  },
  keys: {
    freezeOrRun: 'Freeze or run the clock',
    event: 'Leap to the next event',
    checkIn: 'Leap to the next check-in',
    back: 'Back from the past',
  },
}
