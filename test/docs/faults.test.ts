/** What people are told of faults comes from their shapes, and is whole. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { faultPage } from '../../scripts/generate-faults.ts'
import { faultCatalog } from '../../src/contract/fault-occasions.ts'
import { faultSchema } from '../../src/sim/faults/definition.ts'

const unpadded = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')

describe('the reference of faults', () => {
  it('is current; if not: npm run generate', () => {
    const page = readFileSync('docs/reference/faults.md', 'utf8')
    expect(unpadded(page)).toBe(unpadded(faultPage()))
  })

  it.each(faultCatalog())(
    'describes $on, its effects and every parameter',
    ({ on, ...occasion }) => {
      expect(occasion.description).not.toBe('')
      for (const { kind, description, parameters } of occasion.effects) {
        expect(description, kind).not.toBe('')
        for (const it of parameters) {
          expect(it.description, `${kind} ${it.name}`).not.toBe('')
          expect(it.example, `${kind} ${it.name}`).not.toBeNull()
          expect(it.type, `${kind} ${it.name}`).not.toBe('any')
        }
        const examples = Object.fromEntries(parameters.map(({ name, example }) => [name, example]))
        expect(faultSchema().safeParse({ on, effect: { kind, ...examples } }).error).toBeUndefined()
      }
    },
  )
})
