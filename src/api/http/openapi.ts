import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { rawAnswer } from './answer.ts'
import { defineEndpoint } from './endpoint.ts'
import type { Endpoint } from './endpoint.ts'

/** A schema for the document: no `$schema` key, and what JSON cannot say is left open. */
const jsonSchema = (schema: z.core.$ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

const errorResponse = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/error' } } },
})

const queryParameters = (schema: Record<string, unknown>): unknown[] => {
  const properties = schema['properties']
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : []
  if (typeof properties !== 'object' || properties === null) return []
  return Object.entries(properties).map(([name, property]: [string, unknown]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }))
}

/** The parameters that are part of the path, which routes spell `:name`. */
const pathParameters = (path: string): unknown[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))

const operation = (endpoint: Endpoint, method: string): Record<string, unknown> => {
  const params = jsonSchema(endpoint.params, 'input')
  const isQuery = method === 'GET' || method === 'DELETE'
  const parameters = [...pathParameters(endpoint.path), ...(isQuery ? queryParameters(params) : [])]
  return {
    operationId: `${endpoint.path.slice(1).replaceAll('/', '_').replaceAll(':', '')}_${method.toLowerCase()}`,
    summary: endpoint.summary ?? endpoint.path,
    tags: [endpoint.path.slice(0, endpoint.path.lastIndexOf('/')) || endpoint.path],
    security: endpoint.auth.map((name) => ({ [name]: [] })),
    ...(isQuery || parameters.length > 0 ? { parameters } : {}),
    ...(isQuery ? {} : { requestBody: { content: { 'application/json': { schema: params } } } }),
    responses: {
      200: {
        description: 'OK',
        content: { 'application/json': { schema: jsonSchema(endpoint.answer(false), 'output') } },
      },
      400: errorResponse('The input is not what it should be.'),
      401: errorResponse('Not signed in, or not in a way that is accepted here.'),
    },
    ...(endpoint.action_attempt_type === undefined
      ? {}
      : { 'x-action-attempt-type': endpoint.action_attempt_type }),
  }
}

const error = once(() =>
  z.object({
    error: z.object({
      type: z.string(),
      message: z.string(),
      data: z.unknown().optional(),
      validation_errors: z.unknown().optional(),
    }),
    ok: z.literal(false),
  }),
)

const bearer = { type: 'http', scheme: 'bearer' }

/** The OpenAPI 3.1 document of a table of endpoints. */
export const openapiDocument = (title: string, table: readonly Endpoint[]) => ({
  openapi: '3.1.0',
  info: { title, version: '1.0.0' },
  paths: Object.fromEntries(
    table.map((endpoint) => [
      // OpenAPI's spelling of a path's own parameters.
      endpoint.path.replaceAll(/:(\w+)/g, '{$1}'),
      Object.fromEntries(
        endpoint.methods.map((method) => [method.toLowerCase(), operation(endpoint, method)]),
      ),
    ]),
  ),
  components: {
    schemas: { error: jsonSchema(error(), 'output') },
    securitySchemes: {
      api_key: bearer,
      pat_with_workspace: bearer,
      pat_without_workspace: bearer,
      console_session_with_workspace: bearer,
      console_session_without_workspace: bearer,
      client_session: bearer,
      client_session_with_customer: bearer,
      publishable_key: { type: 'apiKey', in: 'header', name: 'seam-publishable-key' },
    },
  },
})

/** Serves the document of a table; made on the first request, since most runs never ask. */
export const openapiEndpoint = (
  path: `/${string}`,
  title: string,
  table: readonly Endpoint[],
): Endpoint => {
  let text: string | undefined
  return defineEndpoint({
    path,
    methods: ['GET'],
    auth: [],
    summary: 'This document.',
    effect: 'unscoped',
    params: () => z.object({}),
    result: () => ({}),
    handler: () => {
      text ??= JSON.stringify(openapiDocument(title, table))
      return rawAnswer(200, { 'content-type': 'application/json' }, text)
    },
  })
}
