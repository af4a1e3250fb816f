// Lint rules that hold the laws of this house which no stock rule can express: who may import whom,
// that SQL stays in src/db, that the simulated world never reads the machine's clock, and that types are not
// forced. Loaded by oxlint (.oxlintrc.json).
import { dirname, relative, resolve, sep } from 'node:path'

const world = ['sim', 'db', 'contract', 'lib']
const server = ['fixture-files', 'log', 'doctor', 'api', 'driver', 'webhooks', ...world]

/**
 * What each part of src/ may import, besides itself. A part is a folder or a file directly under
 * src/. A part that is not listed here is a leaf: everybody may use it and it uses none of these.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  lib: [],
  contract: ['lib'],
  'as-code': ['lib'],
  client: ['contract', 'lib'],
  doctor: ['contract', 'lib'],
  db: ['contract', 'lib'],
  sim: ['db', 'contract', 'lib'],
  webhooks: world,
  driver: ['webhooks', ...world],
  api: ['doctor', ...world],
  'fixture-files': world,
  log: ['api', 'webhooks', ...world],
  emulator: server,
  index: ['client', 'emulator', ...server],
  testing: ['client', 'index', 'emulator', ...server],
  explorer: ['emulator', 'serve', 'api', 'driver', 'webhooks', ...world],
  // Runs in a browser: nobody imports it, and of the contract it takes types alone.
  console: ['as-code', 'contract', 'lib'],
  cli: ['as-code', 'explorer', 'example-files', 'client', 'index', 'emulator', ...server],
}

/**
 * The resources of src/sim from the top down: each imports those below it and none above. What has
 * to happen up there follows by `react`, and src/sim/reactions.ts says what. What is not named here
 * stands above all other resources: none of them imports it.
 */
const SIM_ORDER: readonly string[] = [
  'check-snapshot',
  'check-snapshot-streams',
  'job-handlers',
  'actions',
  'reactions',
  'disagreements',
  'timeline',
  'agenda',
  'workspaces',
  'accessible-devices',
  'customers',
  'access-grants',
  'access-methods',
  'instant-keys',
  'phones',
  'client-sessions',
  'connect-webviews',
  'access-codes',
  'device-fixtures',
  'device-kinds',
  'links',
  'noise-sensors',
  'thermostats',
  'locks',
  'acs-encoders',
  'acs-cards',
  'acs-credentials',
  'acs-users',
  'acs-access-groups',
  'user-identities',
  'spaces',
  'acs-entrances',
  'acs-systems',
  'devices',
  'connected-accounts',
  'action-attempts',
  'faults',
  'webhooks',
  'device-providers',
  'events',
  'chronicle',
  'history',
  'kernel',
]

/** The two screens of what follows: whoever lets time pass carries them out. */
const SIM_EXCEPTIONS: Record<string, readonly string[]> = {
  'kernel/universe': ['job-handlers', 'reactions'],
}

/** The parts of src/api from the top down, in the same way: what carries calls knows no resource. */
const API_ORDER: readonly string[] = [
  'app',
  'coverage',
  'openapi',
  'control',
  'pages',
  'vendor-fake',
  'seam',
  'http',
  'newer',
  'answers',
]

/** Top-level folders that never ship: src/ must not reach into them. */
const NOT_SHIPPED = ['test', 'bench', 'scripts', 'examples']

type Node = { type: string }
type Context = {
  filename: string
  cwd: string
  report: (problem: { node: Node; message: string }) => void
}

/** Path segments below the repository root, such as `['src', 'sim', 'clock.ts']`. */
function segments(context: Context, file: string): string[] {
  return relative(context.cwd, file).split(sep)
}

/** The part of src/ that a file belongs to, such as `sim`; undefined outside src/. */
function partOf([top, part]: string[]): string | undefined {
  return top === 'src' ? part?.replace(/\.tsx?$/, '') : undefined
}

/** Says what is wrong with `importer` (a part of src/) importing `imported`; undefined if nothing. */
function complaint(importer: string, imported: string[]): string | undefined {
  const [top] = imported
  if (top !== undefined && NOT_SHIPPED.includes(top)) {
    return `src/ must not import ${top}/: it is not part of the package.`
  }
  const target = partOf(imported)
  if (target === undefined || target === importer) return undefined
  if (!(target in MAY_IMPORT)) return undefined
  const allowed = MAY_IMPORT[importer] ?? []
  if (allowed.includes(target)) return undefined
  const may = allowed.length === 0 ? 'nothing above it' : `only ${allowed.join(', ')}`
  return `src/${importer} must not import src/${target}: it may import ${may}. Pass what you need in from the composition root (src/emulator.ts).`
}

/** The resource of src/sim that a file belongs to, such as `locks`; undefined outside src/sim. */
function resourceOf([top, part, resource]: string[]): string | undefined {
  return top === 'src' && part === 'sim' ? resource?.replace(/\.ts$/, '') : undefined
}

/** The same for two files of src/sim. */
function resourceComplaint(importer: string[], imported: string[]): string | undefined {
  const from = resourceOf(importer)
  const to = resourceOf(imported)
  if (from === undefined || to === undefined || from === to) return undefined
  const place = (resource: string): number => {
    const named = SIM_ORDER.indexOf(resource)
    return named < 0 ? SIM_ORDER.indexOf('workspaces') + 1 / 2 : named
  }
  if (place(from) < place(to)) return undefined
  const file = importer.slice(2).join('/').replace(/\.ts$/, '')
  if (SIM_EXCEPTIONS[file]?.includes(to) === true) return undefined
  return `src/sim/${from} must not import src/sim/${to}, which is built on it, or has no place of its own yet in SIM_ORDER of scripts/house-rules.ts. Say what happened with react(), and list in src/sim/reactions.ts what follows.`
}

/** The same for two files of src/api. */
function apiComplaint(importer: string[], imported: string[]): string | undefined {
  if (partOf(importer) !== 'api' || partOf(imported) !== 'api') return undefined
  const [from = '', to = ''] = [importer, imported].map(([, , name]) => name?.replace(/\.ts$/, ''))
  if (from === to) return undefined
  const [place, below] = [API_ORDER.indexOf(from), API_ORDER.indexOf(to)]
  if (place >= 0 && place < below) return undefined
  return `src/api/${from} must not import src/api/${to}, which stands above it, or one of them has no place in API_ORDER of scripts/house-rules.ts. What puts parts together is src/api/app.ts.`
}

/** What is brought into a browser: schemas are as large as the rest of the console together. */
function onlyTypes(importer: string[], imported: string[], kind: unknown): string | undefined {
  if (partOf(importer) !== 'console' || partOf(imported) !== 'contract' || kind === 'type') {
    return undefined
  }
  return 'src/console takes types of src/contract alone: write import type.'
}

type WithSource = Node & {
  source?: { type: string; value?: unknown } | null
  importKind?: string
  exportKind?: string
}
type TypeImport = Node & {
  source?: { value?: unknown }
  argument?: { literal?: { value?: unknown } }
}

const direction = {
  create(context: Context) {
    const file = segments(context, context.filename)
    const importer = partOf(file)
    if (importer === undefined) return {}

    const check = (node: Node, specifier: unknown, kind: unknown = 'type'): void => {
      if (typeof specifier !== 'string' || !specifier.startsWith('.')) return
      const target = segments(context, resolve(dirname(context.filename), specifier))
      const message =
        complaint(importer, target) ??
        resourceComplaint(file, target) ??
        apiComplaint(file, target) ??
        onlyTypes(file, target, kind)
      if (message !== undefined) context.report({ node, message })
    }
    const bySource = (node: WithSource): void =>
      check(node, node.source?.value, node.importKind ?? node.exportKind ?? 'value')

    return {
      ImportDeclaration: bySource,
      ExportNamedDeclaration: bySource,
      ExportAllDeclaration: bySource,
      ImportExpression: bySource,
      TSImportType: (node: TypeImport) =>
        check(node, node.source?.value ?? node.argument?.literal?.value),
    }
  },
}

/** What src/db shows of itself. How it keeps rows is its own business. */
const DOORS_OF_DB =
  /^(?:conditions|database|database-error|snapshot|snapshot-format|tables\/.+)\.ts$/

/** Beginnings of SQL, and a comparison with a parameter. */
const SQL_TEXT =
  /^\s*(?:select\s[\s\S]*\sfrom|insert\s+into|replace\s+into|delete\s+from|update\s+\w+\s+set|create\s+(?:table|index)|order\s+by|pragma)\s|\b\w+\s*(?:=|<>|<|>|<=|>=|\bin|\bis|\blike)\s*\?(?:\W|$)/i

/** SQL is made and run in src/db alone, which adds the workspace to every query (docs/decisions/0012). */
const noSql = {
  create(context: Context) {
    const file = segments(context, context.filename)
    const part = partOf(file)
    if (part === undefined || part === 'db') return {}

    const check = ({ source }: WithSource): void => {
      if (typeof source?.value !== 'string') return
      const { value } = source
      if (/^(?:drizzle-orm|better-sqlite3)(?:\/|$)/.test(value)) {
        const message = `Only src/db knows ${value}. Make the condition with src/db/conditions.ts.`
        context.report({ node: source, message })
      }
      if (!value.startsWith('.')) return
      const [top, target, ...rest] = segments(context, resolve(dirname(context.filename), value))
      if (top !== 'src' || target !== 'db' || DOORS_OF_DB.test(rest.join('/'))) return
      const message = `${value} is src/db's own business: take conditions.ts, database.ts, snapshot.ts or a table.`
      context.report({ node: source, message })
    }
    const read = (node: Node, text: unknown): void => {
      if (typeof text !== 'string' || !SQL_TEXT.test(text)) return
      const message = 'No SQL above src/db. Make the condition with src/db/conditions.ts.'
      context.report({ node, message })
    }

    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      Literal: (node: Node & { value?: unknown }) => read(node, node.value),
      TemplateLiteral: (node: Node & { quasis: { value: { raw: string } }[] }) =>
        read(node, node.quasis.map(({ value }) => value.raw).join('…')),
    }
  },
}

type Call = Node & { callee: { type: string; name?: string }; arguments: unknown[] }

const isDate = ({ callee }: Call) => callee.type === 'Identifier' && callee.name === 'Date'

const noWallClock = {
  create(context: Context) {
    return {
      NewExpression(node: Call) {
        if (!isDate(node) || node.arguments.length > 0) return
        const message =
          'new Date() reads the machine clock. Take the instant from the workspace clock.'
        context.report({ node, message })
      },
      CallExpression(node: Call) {
        if (!isDate(node)) return
        const message = 'Date() reads the machine clock. Take the instant from the workspace clock.'
        context.report({ node, message })
      },
    }
  },
}

type Assertion = Node & { expression: Node & { typeAnnotation?: Node } }

const noDoubleAssertion = {
  create(context: Context) {
    return {
      TSAsExpression(node: Assertion) {
        if (node.expression.type !== 'TSAsExpression') return
        if (node.expression.typeAnnotation?.type !== 'TSUnknownKeyword') return
        const message = '"as unknown as" silences the compiler. Parse with zod, or fix the type.'
        context.report({ node, message })
      },
    }
  },
}

export default {
  meta: { name: 'house' },
  rules: {
    direction,
    'no-double-assertion': noDoubleAssertion,
    'no-sql': noSql,
    'no-wall-clock': noWallClock,
  },
}
