/** Files that documents and comments name are there. Decisions tell of their own time, and are left out. */
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'

const files = globSync('{src,test,scripts,bench,docs,fixtures,examples,.changeset}/**', {
  cwd: process.cwd(),
}).map((file) => file.replaceAll('\\', '/'))
const known = new Set(files)

const documents = [
  'CONTRIBUTING.md',
  'README.md',
  ...globSync('docs/*.md'),
  ...globSync('docs/{guides,reference}/**/*.md'),
]

/** Written by the benchmark, or a route. */
const notHere = new Set(['bench/.cache', 'bench/results/', 'fixtures/list'])

/** Whether files or folders fit what is named; `<resource>` and `*` stand for any name. */
const isThere = (named: string): boolean => {
  const path = named.replace(/\/$/, '').replaceAll(/<[^>]+>/g, '*')
  return known.has(path) || globSync(path).length > 0
}

test.each(documents)('every path in %s is one', (document) => {
  const text = readFileSync(document, 'utf8')
  const named = [
    ...text.matchAll(/`((?:src|test|scripts|bench|docs|fixtures|examples)\/[^\s`{}()]*)`/g),
  ]
  const paths = named.map(([, path = '']) => path)
  expect(paths.filter((path) => !notHere.has(path) && !isThere(path))).toEqual([])
})

/** Names of files of the project in comments: `rows.ts`, `access-codes/rows.ts`. */
const inComments = (source: string): string[] => {
  const comments = source.match(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g) ?? []
  return comments.flatMap((comment) =>
    [...comment.matchAll(/`?([\w<*-][\w./<>*-]*\.ts)\b/g)].map(([, path = '']) => path),
  )
}

const asPattern = (path: string): RegExp => {
  const plain = path
    .replace(/^(\.\.?\/)+/, '')
    .replaceAll('.', '\\.')
    .replaceAll(/<[^>]+>|\*+/g, '[^/]+')
  return new RegExp(`(^|/)${plain}$`)
}

test('every file that a comment names is there', () => {
  const names = new Set([...files, ...globSync('*.ts')].map((file) => basename(file)))
  const gone = globSync('{src,test,scripts,bench}/**/*.ts').flatMap((file) =>
    inComments(readFileSync(file, 'utf8'))
      .filter((path) =>
        /[/<*]/.test(path) ? !files.some((known) => asPattern(path).test(known)) : !names.has(path),
      )
      .map((path) => `${file}: ${path}`),
  )
  expect(gone).toEqual([])
})

test('every function that CONTRIBUTING and the architecture name is there', () => {
  const source = globSync('{src,test,scripts}/**/*.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
  const words = new Set(source.match(/\w+/g))
  const named = ['CONTRIBUTING.md', ...globSync('docs/*.md')].flatMap((document) =>
    [...readFileSync(document, 'utf8').matchAll(/`([a-z]+[A-Z]\w*)\(?[^`]*`/g)].map(
      ([, name = '']) => name,
    ),
  )
  expect(named.length).toBeGreaterThan(10)
  // A style of names, and a function of the vendor's fake.
  const others = new Set(['camelCase', 'createFake'])
  expect(named.filter((name) => !others.has(name) && !words.has(name))).toEqual([])
})
