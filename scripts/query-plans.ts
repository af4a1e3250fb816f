// Prints what SQLite plans to do for every statement that busy routes prepare.
import { driveHotRoutes, startOverFile } from '../test/support/hot-routes.ts'

const emulator = await startOverFile()
await driveHotRoutes(emulator)
for (const { sql, plan } of emulator.universe.db.queryPlans()) {
  console.log(sql.replaceAll(/\s+/g, ' '))
  for (const step of plan) console.log(`    ${step}`)
}
await emulator.close()
