import { Command } from 'commander'
import { packageVersion } from '../version.ts'
import { bridgeCommand } from './bridge.ts'
import { clockCommand } from './clock.ts'
import { completionCommand } from './completion.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { eventsCommand } from './events.ts'
import { execCommand } from './exec.ts'
import { explainCommand } from './explain.ts'
import { faultCommand } from './fault.ts'
import { inboxCommand } from './inbox.ts'
import { initCommand } from './init.ts'
import { lockCommand } from './lock.ts'
import { reportCommand } from './report.ts'
import { routesCommand } from './routes.ts'
import { snapshotCommand } from './snapshot.ts'
import { startCommand } from './start.ts'
import { workspaceCommand } from './workspace.ts'

/** Errors of a whole tree of commands are thrown, not exited with. */
const throwing = (command: Command): Command => {
  command.exitOverride()
  for (const child of command.commands) throwing(child)
  return command
}

/** The whole command line as data: it is also what shell completion is made of. */
export const createProgram = (): Command =>
  throwing(
    new Command('seam-emulator')
      .description('A local emulator of the Seam API, with simulated smart locks.')
      .version(packageVersion())
      .enablePositionalOptions()
      .showSuggestionAfterError()
      .addCommand(startCommand())
      .addCommand(execCommand())
      .addCommand(demoCommand())
      .addCommand(clockCommand())
      .addCommand(lockCommand())
      .addCommand(bridgeCommand())
      .addCommand(faultCommand())
      .addCommand(inboxCommand())
      .addCommand(eventsCommand())
      .addCommand(explainCommand())
      .addCommand(doctorCommand())
      .addCommand(snapshotCommand())
      .addCommand(workspaceCommand())
      .addCommand(reportCommand())
      .addCommand(initCommand())
      .addCommand(routesCommand())
      .addCommand(completionCommand())
      .addHelpText(
        'after',
        `
Begin here:
  seam-emulator demo                          a guest's stay, from booking to check-out, in ten seconds
  seam-emulator                               start on http://localhost:3020
  seam-emulator exec -- npm test              run tests against an emulator of their own
  seam-emulator <command> --help              what a command does, with examples

Commands other than start, exec and demo act on an emulator that runs: --url or SEAM_EMULATOR_URL
says where, --api-key or SEAM_EMULATOR_API_KEY says in which workspace.

An independent project, not affiliated with Seam.`,
      ),
  )
