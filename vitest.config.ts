import { defineConfig } from 'vitest/config'

// TEST_REPORT: a file for the results as JSON, beside what is printed (.ci/run counts from it).
const report = process.env['TEST_REPORT']

export default defineConfig({
  test: {
    setupFiles: ['test/support/same-each-time.ts'],
    include: ['test/**/*.test.ts'],
    // Measured with 40 files that each open SQLite and serve HTTP: 12 s with a fresh process for each
    // file, 3.5 s with shared ones. Emulators share nothing, so tests in one process must not notice.
    pool: 'forks',
    isolate: false,
    // By itself vitest leaves one processor free: on two, half of the machine.
    maxWorkers: '100%',
    // Ends what hangs; nothing is to fail because the machine has other things to do.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
})
