import type { Endpoint } from '../http/endpoint.ts'
import { connectWebviewPage } from './connect-webview.ts'
import { customerPortalPage } from './customer-portal.ts'
import { instantKeyPage } from './instant-key.ts'

/** What people see in a browser. */
export const pages: readonly Endpoint[] = [connectWebviewPage, customerPortalPage, instantKeyPage]
