/** The sentences of the frame around all places. */
import type { Connection } from '../model/state.ts'

const clockTime = (ms: number): string =>
  new Date(ms).toLocaleTimeString([], { timeStyle: 'medium' })

export const appCopy = {
  title: 'seam-emulator',
  skip: 'Skip to content',
  loading: 'Reading the world…',
  connection: {
    connecting: 'connecting',
    live: 'live',
    gone: 'deleted',
    refused: 'refused',
    lost: 'not live',
    stopped: 'stopped',
  },
  connectionMore: (it: Connection): string => {
    if (it.state === 'live') return 'What you see changes as it happens.'
    if (it.state === 'connecting') return 'Opening the stream.'
    if (it.state === 'gone') return 'This workspace was deleted.'
    if (it.state === 'refused') return it.message
    return it.stopped
      ? 'The emulator has stopped. Start it again with npx seam-emulator start; this page goes on by itself.'
      : `Not live since ${clockTime(it.since)}. Trying again.`
  },
  replaced: {
    reset: (at: number) => `This workspace was reset at ${clockTime(at)}.`,
    restored: (at: number) => `A snapshot was restored at ${clockTime(at)}.`,
  },
  dismiss: 'Dismiss',
  outdated: 'The emulator is of another version than this page. Reload the page.',
  reload: 'Reload',
  gone: 'This workspace was deleted. Open another one.',
  key: {
    heading: 'Which workspace?',
    label: 'API key',
    hint: 'Any seam_test_<label> opens a workspace of its own. The key stays in this tab.',
    open: 'Open',
    other: 'Another key',
  },
  places: 'Places',
  workspace: 'Workspace',
  pins: { hide: 'Hide PINs', show: 'Show PINs' },
  help: {
    open: 'Keys',
    heading: 'Keys',
    close: 'Close',
    on: 'Keys act',
    place: (title: string) => `Go to ${title}`,
  },
  search: {
    label: 'Search',
    placeholder: 'Search names, PINs, ids',
    none: 'Nothing has that.',
    key: 'Search',
  },
  unknownPlace: 'There is no such place.',
}
