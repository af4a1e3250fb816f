/** The API without a socket: `app.request('/devices/get')`. */
import { createApp } from '../../src/api/app.ts'
import type { EndpointTables } from '../../src/api/app.ts'
import type { AppOptions } from '../../src/api/http/app-options.ts'
import { createFetch } from './fetch.ts'

export const createFetchApp = (options: AppOptions, tables?: EndpointTables) => {
  const app = createApp(options, tables)
  const fetch = createFetch(app)
  return {
    app,
    request: (path: string, init?: RequestInit): Promise<Response> =>
      fetch(new Request(new URL(path, 'http://localhost'), init)),
  }
}
