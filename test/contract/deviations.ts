/**
 * Where answers are knowingly not as Seam's OpenAPI document says, with the reason. A route that is
 * listed here is not judged by the document, so that the list can only shrink.
 */
export const deviations: Readonly<Record<string, string>> = {
  '/access_codes/generate_code':
    'answers device_id and code only, as the samples of the API reference do; the document promises a whole access code, which does not exist yet',
}
