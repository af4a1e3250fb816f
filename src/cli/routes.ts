import { Command } from 'commander'
import { paint } from '../paint.ts'
import { writeJson, writeLine } from './output.ts'

const run = async (options: { json?: boolean; missing?: boolean }): Promise<void> => {
  const [{ allEndpoints }, { knownRoutes }] = await Promise.all([
    import('../api/app.ts'),
    import('../api/known-routes.ts'),
  ])
  const built = new Set<string>(allEndpoints.api.map(({ path }) => path))
  const paths = Object.keys(knownRoutes)
  const implemented = paths.filter((path) => built.has(path))
  const missing = paths.filter((path) => !built.has(path))
  if (options.json === true) {
    return writeJson({ known: paths.length, implemented, missing })
  }
  for (const path of paths) {
    if (options.missing === true && built.has(path)) continue
    const mark = built.has(path) ? paint('green', '✓') : paint('dim', '·')
    writeLine(`${mark} ${built.has(path) ? path : paint('dim', path)}`)
  }
  writeLine(
    `\n${paint('bold', `${implemented.length} of ${paths.length}`)} routes of Seam's API are emulated; the others answer 501 by name.`,
  )
}

export const routesCommand = (): Command =>
  new Command('routes')
    .description("which of Seam's routes are emulated")
    .option('--missing', 'only those that are not')
    .option('--json', 'print JSON for programs')
    .action(run)
