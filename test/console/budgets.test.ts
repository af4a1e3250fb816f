/** How much the console weighs, as browsers and the package carry it. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { bundleConsole } from '../../src/api/pages/console/bundle.ts'

const sources = fileURLToPath(new URL('../../src/console/', import.meta.url))

/** Bytes, gzipped as the best servers do. */
const weigh = (bytes: Uint8Array): number => gzipSync(bytes, { level: 9 }).length

describe('the built console', () => {
  const weights = new Map<string, number>()
  let html = ''
  beforeAll(async () => {
    const { files } = await bundleConsole(sources)
    for (const [name, bytes] of files) weights.set(name, weigh(bytes))
    html = new TextDecoder().decode(files.get('index.html'))
  })
  const sum = (names: Iterable<string>): number =>
    [...names].reduce((all, name) => all + (weights.get(name) ?? 0), 0)

  test('needs at most 60 kB for its start, script and style', () => {
    const first = [...html.matchAll(/(?:src|href)="([^":]+\.(?:js|css))"/g)].map(
      (it) => it[1] ?? '',
    )
    expect(first.length).toBeGreaterThan(2)
    expect(first.every((name) => weights.has(name))).toBe(true)
    expect(sum(first)).toBeLessThan(60_000)
  })

  test('has at most 100 kB in all', () => {
    expect(sum(weights.keys())).toBeLessThan(100_000)
  })

  test('names its first files at once, so that none waits for another', () => {
    expect(html.match(/modulepreload/g)?.length).toBeGreaterThan(0)
    expect(html.match(/<script type="module"/g)).toHaveLength(1)
    // Scripts in the page itself would need a hole in its policy.
    expect(html).not.toMatch(/<script>|<style|style="|\son\w+="/)
  })

  test('is made of text alone: no glyph stands for a picture', () => {
    // Media and arrow symbols come out as empty boxes where no font has them.
    const symbols = /[\u{2300}-\u{23FF}\u{25A0}-\u{27BF}\u{2B00}-\u{2BFF}\u{1F000}-\u{1FAFF}＋]/u
    const found = readdirSync(sources, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(tsx?|css|html)$/.test(path))
      .filter((path) => symbols.test(readFileSync(`${sources}${path}`, 'utf8')))
    expect(found).toEqual([])
  })
})
