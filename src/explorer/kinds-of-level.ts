/** Every kind of step that stories of a level may have, for an app with or without a receiver of webhooks. */
import { troubles } from './story/steps/index.ts'
import type { Level } from './story/steps/kind.ts'

export const kindsOf = (level: Level, has_webhooks: boolean): string[] => [
  'book',
  'move',
  'cancel',
  'change_guest',
  'change_doors',
  ...Object.entries(troubles)
    .filter(([, it]) => it.level <= level)
    .map(([name]) => name)
    .filter((name) => has_webhooks || !name.startsWith('webhook')),
]
