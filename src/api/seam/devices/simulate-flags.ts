import type { Simulation } from '../../../sim/devices/kinds.ts'

/** The simulations that a device has, as flags. */
export const simulateFlags = (simulates: Readonly<Record<Simulation, boolean>>) =>
  Object.fromEntries(
    Object.entries(simulates).flatMap(([name, able]) =>
      able ? [[`can_simulate_${name}`, true]] : [],
    ),
  )
