import { Command } from 'commander'
import { paint } from '../log/paint.ts'
import { table, writeJson, writeLine } from './output.ts'

interface RoutesOptions {
  json?: boolean
  missing?: boolean
  all?: boolean
}

const run = async (options: RoutesOptions): Promise<void> => {
  const { routeCoverage } = await import('../api/coverage.ts')
  const coverage = routeCoverage()
  if (options.json === true) return writeJson(coverage)
  const { resources, implemented, total, lock_side } = coverage
  if (options.missing === true || options.all === true) {
    for (const { path, methods, is_implemented } of resources.flatMap((it) => it.routes)) {
      if (options.missing === true && is_implemented) continue
      const mark = is_implemented ? paint('green', '✓') : paint('dim', '·')
      writeLine(`${mark} ${path} ${paint('dim', methods.join(', '))}`)
    }
  } else {
    const rows = resources.map((it) => [
      it.resource,
      paint(
        it.implemented === it.total ? 'green' : it.implemented === 0 ? 'dim' : 'yellow',
        `${it.implemented} of ${it.total}`,
      ),
    ])
    writeLine(table(['resource', 'routes'], rows))
  }
  writeLine(
    `\n${paint('bold', `${implemented} of ${total}`)} routes of Seam's API are emulated, ${lock_side.implemented} of the ${lock_side.total} that have to do with locks. The others answer 501 by name.`,
  )
}

export const routesCommand = (): Command =>
  new Command('routes')
    .description("which of Seam's routes are emulated")
    .option('--all', 'every route, not only the counts')
    .option('--missing', 'every route that is not')
    .option('--json', 'print JSON for programs')
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator routes                                how many of each resource
  seam-emulator routes --missing                      what answers 501`,
    )
    .action(run)
