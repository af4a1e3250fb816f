/** A badge that says what a run was: an SVG, and the line for a README that shows it. */
import { xml } from '../../lib/xml.ts'
import type { ExploreReport } from './report.ts'

const LABEL = 'guest-stay explorer'
/** Verdana of 11 px, which most badges are set in. */
const CHARACTER = 6.6
const PADDING = 10

const verdictOf = ({ findings, not_reached }: ExploreReport): { word: string; colour: string } => {
  if (findings.length > 0) {
    return {
      word: `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`,
      colour: '#b42318',
    }
  }
  return not_reached.length > 0
    ? { word: 'not all reached', colour: '#6b6b6b' }
    : { word: 'passed', colour: '#1a7f37' }
}

/** `guest-stay explorer level 2 · 500 stories · seed first · passed` */
export const badgeText = (report: ExploreReport): string =>
  `${LABEL} level ${report.level} · ${report.stories} stories · seed ${report.seed} · ${verdictOf(report).word}`

export const badgeOf = (report: ExploreReport): string => {
  const text = badgeText(report)
  const right = text.slice(LABEL.length + 1)
  const wide = (words: string): number => Math.round(words.length * CHARACTER) + 2 * PADDING
  const left = wide(LABEL)
  const width = left + wide(right)
  const said = (x: number, words: string): string =>
    `<text x="${x}" y="14" textLength="${Math.round(words.length * CHARACTER)}">${xml(words)}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${xml(text)}">`,
    `  <title>${xml(text)}</title>`,
    `  <rect width="${width}" height="20" rx="3" fill="#333" />`,
    `  <path d="M${left} 0H${width - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H${left}z" fill="${verdictOf(report).colour}" />`,
    '  <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">',
    `    ${said(PADDING, LABEL)}`,
    `    ${said(left + PADDING, right)}`,
    '  </g>',
    '</svg>',
    '',
  ].join('\n')
}

/** What to put into a README, beside the badge and the report. */
export const badgeMarkdown = (report: ExploreReport): string =>
  `[![${badgeText(report)}](badge.svg)](report.json)\n\nAnyone can check it: \`npx seam-emulator explore verify report.json --config <adapter> --part 10%\`.\n`
