/** From a request to its answer. */
import { isRecord } from '../../lib/is-record.ts'
import type { Universe } from '../../sim/kernel/universe.ts'
import { isNewer, newerInput, olderInput } from '../newer/answer.ts'
import { thisTurn } from '../answers/answer-turn.ts'
import type { Answer } from './answer.ts'
import type { AppOptions, Exchange } from './app-options.ts'
import { authorize, refuseWrites, serverAuth } from './auth.ts'
import type { Auth } from './auth.ts'
import { hangUp } from './call.ts'
import type { Interceptor } from './call.ts'
import type { Endpoint, Unkept } from './endpoint.ts'
import { assertMethod, inputOf, knownOf } from './read-call.ts'
import { errorAnswer, successAnswer } from './respond.ts'
import { notYet } from './not-emulated.ts'
import { unknownParameters } from './unknown-parameters.ts'

/**
 * Waits for the end of the turn, and for the commit that all who write in it share. Answers why it
 * could not be made.
 */
const keep = async (universe: Universe, { commits }: Unkept): Promise<Error | null> => {
  await thisTurn().end()
  for (const commit of commits) {
    try {
      if (!commit.isOver) universe.keep()
    } catch {
      // All who share it are told by the commit itself.
    }
    if (commit.failure !== null) return commit.failure
  }
  return null
}

const validateAndRun = async (
  options: AppOptions,
  endpoint: Endpoint,
  { incoming, call }: Exchange,
  auth: Auth,
): Promise<Answer> => {
  const { universe, services } = options
  const { header, path, origin } = incoming
  assertMethod(endpoint, call.method)
  const asked = inputOf(endpoint, call, header('content-type') ?? '')
  const isOfNewer = isNewer(universe, auth.workspace_id)
  if (endpoint.since !== undefined && !isOfNewer) throw notYet(path, endpoint.since)
  const input = isOfNewer ? newerInput(universe, auth.workspace_id, path, asked) : olderInput(asked)
  const given = isRecord(input) ? input : {}
  call.unknown_parameters = unknownParameters(endpoint.parameters, call.query, given)
  const known = knownOf(endpoint, given)
  const { body, method } = call
  const unkept: Unkept = { commits: new Set(), hasWritten: false, event_ids: [] }
  const context = {
    auth,
    services,
    path,
    method,
    origin,
    input: known,
    body,
    header,
    unkept,
    hangUp: () => hangUp(call),
  }
  const answerOnce = async (): Promise<Answer> => {
    const result = endpoint.run(universe, context, input)
    const value = result instanceof Promise ? await result : result
    call.event_ids = unkept.event_ids
    return successAnswer(endpoint, value, call, options)
  }
  const answer = await answerOnce()
  if (unkept.commits.size === 0) return answer
  const failure = await keep(universe, unkept)
  if (failure === null) return answer
  if (unkept.hasWritten) throw failure
  // It has read what never was.
  return answerOnce()
}

/** The order of everything: authorisation, body, interception, method, validation, handler. */
export const answerCall = async (
  options: AppOptions,
  endpoint: Endpoint,
  exchange: Exchange,
  intercept?: Interceptor,
): Promise<Answer> => {
  const { incoming, call } = exchange
  try {
    const auth = authorize(options.universe, options.auth, endpoint.auth, incoming.header)
    refuseWrites(auth, endpoint.effect)
    call.workspace_id = auth.workspace_id
    const text = incoming.text(endpoint.body_limit)
    call.body = typeof text === 'string' ? text : await text
    if (intercept === undefined) return await validateAndRun(options, endpoint, exchange, auth)
    return await intercept(call, () =>
      validateAndRun(options, endpoint, exchange, auth).catch((error: unknown) =>
        errorAnswer(error, call, options),
      ),
    )
  } catch (error) {
    return errorAnswer(error, call, options)
  }
}

/** Whose call it was, so that it stands in the request log; callers without a key go without. */
export const attribute = async (
  { universe, auth: rules }: AppOptions,
  { incoming, call }: Exchange,
): Promise<void> => {
  try {
    const auth = authorize(universe, rules, serverAuth, incoming.header)
    call.workspace_id = auth.workspace_id
    call.body = await incoming.text()
  } catch {
    // What is wrong with the caller or the body is not what the answer is about.
  }
}
