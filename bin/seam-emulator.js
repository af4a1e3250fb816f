#!/usr/bin/env node
// The command: the built command line where there is one, as in the package, and the sources in a clone.
// Any Node.js reads this file, so that one that is too old is told in a sentence.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const OLDEST = { major: 22, minor: 18 }

/** @param {string} path */
const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const isNewEnough = major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)

/** Node.js as a development dependency brings it into a clone. */
const ownNode = at('../node_modules/node/bin/node')

if (isNewEnough) {
  await import(existsSync(at('../dist/cli.js')) ? '../dist/cli.js' : '../src/cli.ts')
} else if (existsSync(ownNode)) {
  const child = spawn(ownNode, process.argv.slice(1), { stdio: 'inherit' })
  process.on('SIGINT', () => child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.once('close', (code) => process.exit(code ?? 1))
} else {
  console.error(
    `seam-emulator: needs Node.js ${OLDEST.major}.${OLDEST.minor} or newer; this is ${process.versions.node}.`,
  )
  process.exit(1)
}
