import type { Command } from 'commander'
import { programOf } from './frame.ts'

/** Every command, in the order in which help shows them. Each is one file, loaded when it is called. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () =>
    (await import('./start.ts')).startCommand(async (options) =>
      (await import('./start-run.ts')).run(options),
    ),
  exec: async () => (await import('./exec.ts')).execCommand(),
  demo: async () => (await import('./demo.ts')).demoCommand(),
  clock: async () => (await import('./clock.ts')).clockCommand(),
  lock: async () => (await import('./lock.ts')).lockCommand(),
  thermostat: async () => (await import('./thermostat.ts')).thermostatCommand(),
  noise: async () => (await import('./noise.ts')).noiseCommand(),
  acs: async () => (await import('./acs.ts')).acsCommand(),
  listen: async () => (await import('./listen.ts')).listenCommand(),
  logs: async () => (await import('./logs.ts')).logsCommand(),
  trigger: async () => (await import('./trigger.ts')).triggerCommand(),
  resend: async () => (await import('./resend.ts')).resendCommand(),
  bridge: async () => (await import('./bridge.ts')).bridgeCommand(),
  fault: async () => (await import('./fault.ts')).faultCommand(),
  inbox: async () => (await import('./inbox.ts')).inboxCommand(),
  events: async () => (await import('./events.ts')).eventsCommand(),
  chronicle: async () => (await import('./chronicle.ts')).chronicleCommand(),
  disagreements: async () => (await import('./disagreements.ts')).disagreementsCommand(),
  agenda: async () => (await import('./agenda.ts')).agendaCommand(),
  explain: async () => (await import('./explain.ts')).explainCommand(),
  doctor: async () => (await import('./doctor.ts')).doctorCommand(),
  snapshot: async () => (await import('./snapshot.ts')).snapshotCommand(),
  workspace: async () => (await import('./workspace.ts')).workspaceCommand(),
  call: async () => (await import('./call.ts')).callCommand(),
  report: async () => (await import('./report.ts')).reportCommand(),
  explore: async () => (await import('./explore/command.ts')).exploreCommand(),
  incident: async () => (await import('./incident.ts')).incidentCommand(),
  open: async () => (await import('./open.ts')).openCommand(),
  import: async () => (await import('./import.ts')).importCommand(),
  mcp: async () => (await import('./mcp/command.ts')).mcpCommand(),
  init: async () => (await import('./init.ts')).initCommand(),
  routes: async () => (await import('./routes.ts')).routesCommand(),
  __names: async () => (await import('./names.ts')).namesCommand(),
}

/** Completion is made of all the others, so it never comes alone. */
const completion = async (): Promise<Command> =>
  (await import('./completion.ts')).completionCommand()

export const isCommand = (name: string): boolean => Object.hasOwn(commands, name)

const load = (name: string | undefined): Promise<Command[]> => {
  const called = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  const wanted = called === undefined ? [...Object.values(commands), completion] : [called]
  return Promise.all(wanted.map((command) => command()))
}

/**
 * The command line as data: it is also what shell completion is made of.
 *
 * @param name the command that is called, when only that one is needed
 */
export const createProgram = async (name?: string): Promise<Command> => programOf(await load(name))
