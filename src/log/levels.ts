/** How much the log says, from nothing to everything. Apart from the log itself, which is slower to load. */
export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]
