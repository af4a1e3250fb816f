import { z } from 'zod'
import { isRecord } from '../lib/is-record.ts'
import { once } from '../lib/once.ts'
import { documentedMeta } from './seam/named.ts'
import { rawAnswer } from './http/answer.ts'
import { defineEndpoint } from './http/endpoint.ts'
import type { Endpoint } from './http/endpoint.ts'

type Json = Record<string, unknown>

/** The schemas that have a name, each once for the whole document. */
type Components = Record<string, unknown>

/** Points at the document's components where zod points at definitions beside the schema. */
const toComponents = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(toComponents)
  if (!isRecord(node)) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]): [string, unknown] =>
      key === '$ref' && typeof value === 'string'
        ? [key, value.replace('#/$defs/', '#/components/schemas/')]
        : [key, toComponents(value)],
    ),
  )
}

/**
 * A schema for the document: no `$schema` key, and what JSON cannot say is left open. Parts that have
 * a name (`id` in their `meta`) are put aside and pointed at.
 */
const jsonSchema = (
  schema: z.core.$ZodType,
  io: 'input' | 'output',
  components: Components,
): Json => {
  const {
    $schema: _,
    $defs = {},
    ...rest
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    metadata: documentedMeta(),
  })
  for (const [name, definition] of Object.entries($defs)) {
    const { id: _id, ...named } = definition
    components[name] ??= toComponents(named)
  }
  const { id: _id, ...shown } = rest
  const pointed = toComponents(shown)
  return isRecord(pointed) ? pointed : {}
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

const exampleOf = ({ example }: Endpoint) => (example === undefined ? {} : { example: example() })

/** What is answered: an object, or frames whose data is one of several objects. */
const contentOf = (endpoint: Endpoint, components: Components): Json => {
  const { streams } = endpoint
  if (streams === undefined) {
    const schema = jsonSchema(endpoint.answer(false), 'output', components)
    return { 'application/json': { schema } }
  }
  const frames = Object.entries(streams()).map(([event, data]) => ({
    title: event,
    ...jsonSchema(data, 'output', components),
  }))
  return { 'text/event-stream': { schema: { oneOf: frames } } }
}

const operation = (endpoint: Endpoint, method: string, components: Components): Json => {
  const params = jsonSchema(endpoint.shown_params?.() ?? endpoint.params, 'input', components)
  const isQuery = method === 'GET' || method === 'DELETE'
  const parameters = [...pathParameters(endpoint.path), ...(isQuery ? queryParameters(params) : [])]
  return {
    operationId: `${endpoint.path.slice(1).replaceAll('/', '_').replaceAll(':', '')}_${method.toLowerCase()}`,
    summary: endpoint.summary ?? endpoint.path,
    tags: [endpoint.path.slice(0, endpoint.path.lastIndexOf('/')) || endpoint.path],
    security: endpoint.auth.map((name) => ({ [name]: [] })),
    ...(isQuery || parameters.length > 0 ? { parameters } : {}),
    ...(isQuery
      ? {}
      : {
          requestBody: {
            content: { 'application/json': { schema: params, ...exampleOf(endpoint) } },
          },
        }),
    responses: {
      200: {
        description: 'OK',
        content: contentOf(endpoint, components),
      },
      400: { $ref: '#/components/responses/invalid_input' },
      401: { $ref: '#/components/responses/unauthorized' },
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
export const openapiDocument = (title: string, table: readonly Endpoint[]) => {
  const components: Components = {}
  const paths = Object.fromEntries(
    table.map((endpoint) => [
      // OpenAPI's spelling of a path's own parameters.
      endpoint.path.replaceAll(/:(\w+)/g, '{$1}'),
      Object.fromEntries(
        endpoint.methods.map((method) => [
          method.toLowerCase(),
          operation(endpoint, method, components),
        ]),
      ),
    ]),
  )
  return {
    openapi: '3.1.0',
    info: { title, version: '1.0.0' },
    paths,
    components: {
      responses: {
        invalid_input: errorResponse('The input is not what it should be.'),
        unauthorized: errorResponse('Not signed in, or not in a way that is accepted here.'),
      },
      schemas: { ...components, error: jsonSchema(error(), 'output', components) },
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
  }
}

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
