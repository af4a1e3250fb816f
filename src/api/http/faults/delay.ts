import type { HttpFault } from './http-fault.ts'

/** Real time: an SDK gives up by its own clock, whatever the workspace's says. */
export const delay: HttpFault<'delay'> = async (effect, { next, wait }) => {
  await wait(effect.by)
  return next()
}
