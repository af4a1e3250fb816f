/** The sentences of trouble that is caused on purpose. */
const many = (n: number): string => (n === 1 ? '1 hit' : `${n} hits`)

export const faultsCopy = {
  palette: 'Choose trouble',
  more: 'Everything else',
  occasion: 'When',
  effect: 'What goes wrong',
  times: 'times',
  timesHint: 'always when empty',
  until: 'until',
  choose: 'Choose this',
  aim: {
    heading: 'Where',
    pick: (name: string) => `${name}: click a door or a code, or`,
    world: 'The whole world',
    door: 'Door',
    here: 'Here',
    cancel: 'Cancel',
    noFit: (name: string) => `${name} does not fit there.`,
    says: (name: string, where: string) => `${name}: ${where}`,
    onCode: 'a code',
    chooseFirst: 'Choose trouble first, then where it strikes.',
  },
  active: {
    heading: 'Active',
    none: 'Nothing is broken on purpose.',
    hits: (hits: number, times: number | null) =>
      times === null ? many(hits) : `${hits} of ${times} hits`,
    end: (name: string) => `End ${name}`,
    endAll: 'End all',
    over: 'Over',
  },
  never: {
    heading: 'Never struck',
    none: 'Every fault has struck.',
    say: 'A test that rests on one of these shows nothing.',
  },
  everywhere: 'everywhere',
}
