/** Writes a generated file as `npm run fmt` would leave it, so that nothing has to be run after. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const formatter = fileURLToPath(new URL('node_modules/oxfmt/bin/oxfmt', root))

/** @param path from the root of the repository */
export const writeFormatted = (path: string, text: string): void => {
  const file = fileURLToPath(new URL(path, root))
  writeFileSync(file, text)
  execFileSync(process.execPath, [formatter, '--no-error-on-unmatched-pattern', file], {
    cwd: fileURLToPath(root),
    stdio: 'ignore',
  })
}
