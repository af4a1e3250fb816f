/** The whole examination: what can be read from what was seen, and what can be tried. */
import type { Evidence, Finding } from './evidence.ts'
import { diagnose } from './findings.ts'
import { probeDuplicates, probeSignatures } from './probe.ts'
import type { Prober } from './probe.ts'

/** @param prober null where nothing is to be sent */
export const examine = async (evidence: Evidence, prober: Prober | null): Promise<Finding[]> => {
  // Of an integration that has not run nothing can be said.
  if (evidence.requests.length === 0) return []
  const findings = diagnose(evidence)
  if (prober === null) return findings
  return [
    ...findings,
    ...(await probeSignatures(prober, evidence)),
    ...(await probeDuplicates(prober, evidence)),
  ]
}
