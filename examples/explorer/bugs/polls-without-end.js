// Planted bug: asks again and again, without a pause, until the code is set.
import createReference from '../reference-integration.js'

export default function createApp(parts) {
  const call = async (path, body) => {
    const answer = await parts.call(path, body)
    for (let asked = 0; path === '/access_codes/create' && asked < 900; asked++) {
      const { access_code_id } = answer.access_code
      const { access_code } = await parts.call('/access_codes/get', { access_code_id })
      if (access_code.status === 'set') break
    }
    return answer
  }
  return createReference({ ...parts, call })
}
