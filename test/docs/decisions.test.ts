import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { decisionsPage } from '../../scripts/generate-decisions.ts'

const unpadded = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')

it('every record of a decision is in the list; if not: npm run generate', () => {
  const page = readFileSync('docs/decisions/README.md', 'utf8')
  expect(unpadded(page)).toBe(unpadded(decisionsPage()))
})
