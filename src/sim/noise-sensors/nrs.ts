/** NoiseAware's Noise Risk Score, 0 to 100. Seam publishes no scale: assumed. */

const SILENT = 40
const PER_DECIBEL = 2

export const nrsOf = (decibels: number): number =>
  Math.min(100, Math.max(0, Math.round((decibels - SILENT) * PER_DECIBEL)))

export const decibelsOfNrs = (nrs: number): number => SILENT + nrs / PER_DECIBEL
