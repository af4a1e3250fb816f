/** The workspace's time between two answers of the server. */

export interface ClockFace {
  /** The instant, ms. */
  now: number
  mode: 'realtime' | 'scaled' | 'frozen'
  /** Workspace seconds per second of real time. */
  rate: number
  /** When that was so, by the page's own steady clock, ms. */
  read_at: number
}

export const isRunning = ({ mode }: ClockFace): boolean => mode !== 'frozen'

/** The instant at a moment of the page's own clock: a running clock needs no word of the server. */
export const instantAt = (face: ClockFace, moment: number): number =>
  isRunning(face) ? face.now + Math.max(0, moment - face.read_at) * face.rate : face.now
