/** From a request to its answer. */
import { isRecord } from '../../lib/is-record.ts'
import { onceKnown } from '../../lib/known.ts'
import type { Soon } from '../../lib/known.ts'
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

/** Parses the input and makes what answers it, as often as it is asked. */
const prepare = (
  options: AppOptions,
  endpoint: Endpoint,
  { incoming, call }: Exchange,
  auth: Auth,
): { answerOnce: () => Soon<Answer>; unkept: Unkept } => {
  const { universe, services } = options
  const { header, path, origin } = incoming
  assertMethod(endpoint, call.method)
  const asked = inputOf(endpoint, call, header('content-type') ?? '')
  const isOfNewer = isNewer(universe, auth.workspace_id)
  if (endpoint.since !== undefined && !isOfNewer) throw notYet(path, endpoint.since)
  const input = isOfNewer ? newerInput(universe, auth.workspace_id, path, asked) : olderInput(asked)
  const given = isRecord(input) ? input : {}
  call.unknown_parameters = unknownParameters(endpoint.parameters, call.query, given)
  const unkept: Unkept = { commits: [], hasWritten: false, event_ids: [] }
  const context = {
    auth,
    services,
    path,
    method: call.method,
    origin,
    input: knownOf(endpoint, given),
    body: call.body,
    header,
    unkept,
    hangUp: () => hangUp(call),
  }
  const answerOnce = () =>
    onceKnown(endpoint.run(universe, context, input), (value) => {
      call.event_ids = unkept.event_ids
      return successAnswer(endpoint, value, call, options)
    })
  return { answerOnce, unkept }
}

/** Answers at once, without a promise, where the endpoint does and nothing has to be kept first. */
const validateAndRun = (
  options: AppOptions,
  endpoint: Endpoint,
  exchange: Exchange,
  auth: Auth,
): Soon<Answer> => {
  const { answerOnce, unkept } = prepare(options, endpoint, exchange, auth)
  const answerKept = async (answer: Answer): Promise<Answer> => {
    const failure = await keep(options.universe, unkept)
    if (failure === null) return answer
    if (unkept.hasWritten) throw failure
    // It has read what never was.
    return answerOnce()
  }
  return onceKnown(answerOnce(), (answer) =>
    unkept.commits.length === 0 ? answer : answerKept(answer),
  )
}

/** The order of everything: authorisation, body, interception, method, validation, handler. */
export const answerCall = (
  options: AppOptions,
  endpoint: Endpoint,
  exchange: Exchange,
  intercept?: Interceptor,
): Soon<Answer> => {
  const { incoming, call } = exchange
  const refuse = (error: unknown): Answer => errorAnswer(error, call, options)
  /** What goes wrong on the way to an answer is an answer as well. */
  const guarded = (make: () => Soon<Answer>): Soon<Answer> => {
    try {
      const answer = make()
      return answer instanceof Promise ? answer.catch(refuse) : answer
    } catch (error) {
      return refuse(error)
    }
  }
  return guarded(() => {
    const auth = authorize(options.universe, options.auth, endpoint.auth, incoming.header)
    refuseWrites(auth, endpoint.effect)
    call.workspace_id = auth.workspace_id
    return onceKnown(incoming.text(endpoint.body_limit), (text) => {
      call.body = text
      if (intercept === undefined) return validateAndRun(options, endpoint, exchange, auth)
      return intercept(call, () => guarded(() => validateAndRun(options, endpoint, exchange, auth)))
    })
  })
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
