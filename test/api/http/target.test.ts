import { describe, expect, it } from 'vitest'
import { targetOf } from '../../../src/api/http/target.ts'

const host = 'localhost:3020'
const origin = `http://${host}`

describe('a path', () => {
  it.each([
    ['/devices/get', '/devices/get', ''],
    ['/devices/get?device_id=a%20b', '/devices/get', 'device_id=a%20b'],
    ['/devices/get?', '/devices/get', ''],
    ['/a?b?c', '/a', 'b?c'],
    ['/a/../b/./c', '/b/c', ''],
    ['//a//b', '//a//b', ''],
    ['/caf%C3%A9', '/café', ''],
    ['/100%25', '/100%25', ''],
    ['/a%FFb%C3%A9', '/a%FFbé', ''],
    ['/a#b', '/a', ''],
    ['http://localhost:3020/devices/get?a=1', '/devices/get', 'a=1'],
  ])('%s is read as the URL Standard says', (url, path, query) => {
    expect(targetOf(url, host)).toEqual({ path, query, origin })
  })

  it.each(['', '*', 'devices/get', '/a\\b', 'ftp://localhost/a', 'http://'])(
    '%j cannot be read',
    (url) => {
      expect(targetOf(url, host)).toBeUndefined()
    },
  )

  it('may have a backslash in its query', () => {
    expect(targetOf('/a?b=\\', host)?.query).toBe('b=\\')
  })
})

describe('a host', () => {
  it.each(['localhost', 'localhost:65535', '[::1]:3020', '127.0.0.1:80', 'Example.com', 'a_b.c'])(
    '%s is one',
    (name) => {
      expect(targetOf('/', name)?.path).toBe('/')
    },
  )

  it.each(['', 'a b', 'a/b', 'user@host', 'a?b', 'a#b', '[::1', 'a:b', 'localhost:65536', 'a\\b'])(
    '%j is none',
    (name) => {
      expect(targetOf('/', name)).toBeUndefined()
    },
  )
})
