import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'sqlite',
  // The tables stand with their resources; the registry holds them with what they say of themselves.
  schema: './src/db/tables/!(index|traits).ts',
  out: './src/db/migrations',
})
