/** The tokens that nobody has to ask for: every label has a set of them. */
import { createStream } from '../kernel/random.ts'

const testKey = /^seam_test_([A-Za-z0-9][A-Za-z0-9_.-]{0,199})$/
const testToken = /^seam_(?:pk_|at_)?test_([A-Za-z0-9][A-Za-z0-9_.-]{0,199})$/

/** The label of a key of the form `seam_test_<label>`; null for any other. */
export const labelOfTestKey = (token: string): string | null => testKey.exec(token)?.[1] ?? null

/** The label of a test key, or of the publishable key or access token beside it; null for any other. */
export const labelOfTestToken = (token: string): string | null => testToken.exec(token)?.[1] ?? null

/**
 * Whether a key could be one of a live Seam account: those of sandboxes begin with `seam_test`
 * (Seam docs: API keys), and the vendor's fake has its own.
 */
export const looksLive = (token: string): boolean =>
  token.startsWith('seam_') &&
  !token.startsWith('seam_test') &&
  !/^seam_apikey\d+_token$/.test(token)

/** The tokens that the workspace of `seam_test_<label>` has from the beginning, and whose they are. */
export const testTokens = (label: string) => ({
  api_key: `seam_test_${label}`,
  publishable_key: `seam_pk_test_${label}`,
  personal_access_token: `seam_at_test_${label}`,
  user_id: createStream(label, 'user').uuid(0),
})
