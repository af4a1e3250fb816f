#!/usr/bin/env node
/** The command line. Each command is one file in `cli/`, loaded when it is called. */
import { enableCompileCache } from 'node:module'

// Compiled code is kept between runs: it makes every command start in less than half the time.
enableCompileCache()
const { main } = await import('./cli/main.ts')
await main(process.argv)
