/** Bundles the console for browsers. Used by the build, and by an emulator that runs from its sources. */
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import type { Plugin } from 'esbuild'

const START = 'main.tsx'
const STYLES = 'console-styles'

/** Later layers win over earlier ones. */
const layers = ['tokens', 'base', 'parts', 'places']

const layerOf = (path: string): string => {
  const [folder = '', file = ''] = path.split(sep)
  if (folder === 'styles') return basename(file, '.css')
  return folder === 'ui' ? 'parts' : 'places'
}

/** Every stylesheet of the console, each in the layer that its folder says. */
const styleSheet = (sources: string): string => {
  const sheets = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.css'))
    .toSorted()
  const imports = sheets.map(
    (path) => `@import ${JSON.stringify(join(sources, path))} layer(${layerOf(path)});`,
  )
  return [`@layer ${layers.join(', ')};`, ...imports].join('\n')
}

const styles = (sources: string): Plugin => ({
  name: 'console-styles',
  setup: (bundle) => {
    bundle.onResolve({ filter: new RegExp(`^${STYLES}$`) }, () => ({
      path: `${STYLES}.css`,
      namespace: STYLES,
    }))
    bundle.onLoad({ filter: /./, namespace: STYLES }, () => ({
      contents: styleSheet(sources),
      loader: 'css',
      resolveDir: sources,
    }))
  },
})

export interface ConsoleBundle {
  /** By name, `index.html` among them. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** The paths of what went into them. */
  readonly inputs: readonly string[]
}

/** Where everybody begins: its files are asked for together with those of the start. */
const FIRST_PLACE = 'now/place.tsx'

type Outputs = Record<string, { entryPoint?: string; imports: { path: string; kind: string }[] }>

/** What is loaded before anything is drawn: the start, the first place, and what they import at once. */
const firstOf = (outputs: Outputs): string[] => {
  const seen = new Set<string>()
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    for (const it of outputs[path]?.imports ?? []) {
      if (it.kind === 'import-statement') visit(it.path)
    }
  }
  for (const entry of [START, FIRST_PLACE]) {
    const path = Object.keys(outputs).find((it) => outputs[it]?.entryPoint === entry)
    if (path === undefined) throw new Error(`The console has no ${entry}`)
    visit(path)
  }
  return [...seen].map((path) => basename(path))
}

const pageOf = (template: string, styleName: string, scripts: readonly string[]): string =>
  template.replace(
    '<!-- files -->',
    [
      `<link rel="stylesheet" href="${styleName}" />`,
      ...scripts.slice(1).map((name) => `<link rel="modulepreload" href="${name}" />`),
      `<script type="module" src="${scripts[0] ?? ''}"></script>`,
    ].join('\n    '),
  )

/** @param sources the folder of the console's sources */
export const bundleConsole = async (sources: string): Promise<ConsoleBundle> => {
  const { build } = await import('esbuild')
  const { outputFiles, metafile } = await build({
    absWorkingDir: sources,
    entryPoints: [START, { in: STYLES, out: 'console' }],
    outdir: 'out',
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome123', 'firefox121', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: {},
    minify: true,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [styles(sources)],
  })
  const { outputs, inputs } = metafile
  const styleName = Object.keys(outputs).find((path) => path.endsWith('.css'))
  if (styleName === undefined) throw new Error('The console has no styles')
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]))
  const template = readFileSync(join(sources, 'index.html'), 'utf8')
  const html = pageOf(template, basename(styleName), firstOf(outputs))
  files.set('index.html', new TextEncoder().encode(html))
  return { files, inputs: Object.keys(inputs) }
}
