/** What the model is made of, as the control API has it. */
import type { AnswerOf } from '../../contract/route.ts'
import type { worldRoute } from '../../contract/world.ts'

type WorldAnswer = AnswerOf<typeof worldRoute>['world']

/** One answer of `world`: all of it, or some of its parts. */
export type Piece = WorldAnswer
/** A whole answer: no part is missing. */
export type WorldModel = Required<WorldAnswer>
export type Lock = WorldModel['locks'][number]
export type Bridge = WorldModel['bridges'][number]
export type Fault = WorldModel['faults'][number]
export type Disagreement = WorldModel['disagreements'][number]
export type CodeColumns = WorldModel['access_codes']
