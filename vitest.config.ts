import { defineConfig } from 'vitest/config'

// TEST_REPORT: a file for the results as JSON, beside what is printed (.ci/run counts from it).
const report = process.env['TEST_REPORT']

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
})
