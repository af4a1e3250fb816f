import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openapi } from '@seamapi/types/connect'
import { expect, test } from 'vitest'
import { driftLines } from '../../scripts/drift/compare.ts'
import { driftOf, readDocument } from '../../scripts/drift.ts'

const uuid = { type: 'string', format: 'uuid' }
const word = (text: string) => ({ type: 'string', enum: [text] })
const issue = (code: string) => ({ type: 'object', properties: { error_code: word(code) } })
const told = (type: string, own: object) => ({
  type: 'object',
  properties: { event_type: word(type), ...own },
})

const answers = (name: string) => ({
  '200': {
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: { [name]: { $ref: `#/components/schemas/${name}` } },
          required: [name],
        },
      },
    },
  },
})

const route = (name: string, parameters: object, more: object = {}) => ({
  post: {
    requestBody: {
      content: { 'application/json': { schema: { type: 'object', properties: parameters } } },
    },
    responses: answers(name),
    ...more,
  },
})

const planted = (
  paths: object,
  codes: readonly string[],
  events: readonly object[],
  more: object = {},
) => ({
  paths: { '/events/get': route('event', { event_id: uuid }), ...paths },
  components: {
    schemas: {
      device: {
        type: 'object',
        properties: {
          device_id: { ...uuid, description: 'ID of the device.' },
          errors: { type: 'array', items: { oneOf: codes.map(issue) } },
          ...more,
        },
        required: ['device_id'],
      },
      event: { oneOf: events },
      hidden: { type: 'object', properties: { nobody_asks: uuid } },
    },
  },
})

const getDevice = { '/devices/get': route('device', { device_id: uuid, name: { type: 'string' } }) }
const older = planted(
  getDevice,
  ['device_removed', 'hub_is_asleep'],
  [told('device.removed', { device_id: uuid })],
  { color: { type: 'string', enum: ['red', 'green'] } },
)
const newer = planted(
  {
    '/devices/get': route('device', { device_id: uuid, shade: { type: 'string' } }),
    '/devices/dance': route('device', { steps: { type: 'integer' } }),
    '/devices/secret': route('device', {}, { 'x-undocumented': 'Internal.' }),
  },
  ['device_removed', 'device_offline', 'hub_on_strike'],
  [
    told('device.removed', { device_id: uuid, reason: { type: 'string' } }),
    told('device.danced', { device_id: uuid }),
  ],
  {
    color: { type: 'string', enum: ['red', 'green', 'blue'], deprecated: true },
    device_type: { type: 'string', nullable: true },
  },
)

test('what is new in a newer document is told by kind, with whether the emulator has it', () => {
  expect(driftLines(driftOf(newer, older), false)).toEqual([
    '10 new, of which 8 are missing here; 1 changed, 2 gone; 0 described in other words (--prose tells them).',
    '',
    '## Routes (1)',
    '',
    '+ POST /devices/dance  [missing here]',
    '',
    '## Parameters (3)',
    '',
    '+ /devices/get shade: string  [missing here]',
    '+ /devices/dance steps: integer  [missing here]',
    '- /devices/get name: string',
    '',
    '## Answers (1)',
    '',
    '+ /devices/dance device: device, required  [missing here]',
    '',
    '## Events (2)',
    '',
    '+ event device.removed.reason: string  [missing here]',
    '+ event device.danced  [missing here]',
    '',
    '## Codes of errors, warnings and pending mutations (3)',
    '',
    '+ device.errors[] device_offline  [here]',
    '+ device.errors[] hub_on_strike  [missing here]',
    '- device.errors[] hub_is_asleep',
    '',
    '## Objects (2)',
    '',
    '~ device.color: string → string, deprecated',
    '+ device.device_type: string or null  [here]',
    '',
    '## Values (1)',
    '',
    '+ device.color: blue  [missing here]',
  ])
})

test('the document that the emulator follows has nothing new, and other words are told on request', () => {
  expect(driftLines(driftOf(openapi), false)).toHaveLength(1)
  const same = planted(getDevice, [], [])
  const reworded = planted(getDevice, [], [])
  reworded.components.schemas.device.properties.device_id.description = 'Which device it is.'
  expect(driftLines(driftOf(reworded, same), true)).toEqual([
    '0 new, of which 0 are missing here; 0 changed, 0 gone; 1 described in other words.',
    '',
    'device.device_id',
    '  was: ID of the device.',
    '  is:  Which device it is.',
  ])
})

test('the document is found in an unpacked package, in its sources and in a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'drift-'))
  const text = JSON.stringify(older)
  const packed = join(folder, 'package')
  const sources = join(folder, 'sources')
  mkdirSync(packed)
  mkdirSync(join(sources, 'src/lib/seam/connect'), { recursive: true })
  writeFileSync(join(packed, 'connect.js'), `export const openapi = ${text}`)
  writeFileSync(join(packed, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(sources, 'src/lib/seam/connect/openapi.ts'), `export default ${text}`)
  writeFileSync(join(sources, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'old.cjs'), `exports.openapi = ${text}`)
  writeFileSync(join(folder, 'document.json'), text)
  for (const place of ['package', 'sources', 'old.cjs', 'document.json']) {
    expect([place, await readDocument(join(folder, place))]).toEqual([place, older])
  }
  await expect(readDocument(folder)).rejects.toThrow('has none of connect.js')
})
