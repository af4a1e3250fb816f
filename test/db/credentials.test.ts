import { expect, it } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import type { Credential } from '../../src/db/tables/credentials.ts'

const credential: Credential = {
  token: 'seam_test_one',
  kind: 'api_key',
  workspace_id: 'one',
  name: null,
  user_id: null,
  client_session_id: null,
  created_at: 0,
}

it('a credential is found as long as it exists', () => {
  const { credentials } = openDatabase(':memory:')
  expect(credentials.find(credential.token)).toBeUndefined()
  credentials.insert(credential)
  expect(credentials.find(credential.token)).toEqual(credential)
  expect(credentials.find(credential.token)).toEqual(credential)
  credentials.delete(credential.token)
  expect(credentials.find(credential.token)).toBeUndefined()
})

it('a credential of a transaction that failed was never there', () => {
  const db = openDatabase(':memory:')
  const failing = () =>
    db.transaction(() => {
      db.credentials.insert(credential)
      expect(db.credentials.find(credential.token)).toEqual(credential)
      throw new Error('no')
    })
  expect(failing).toThrow('no')
  expect(db.credentials.find(credential.token)).toBeUndefined()
})

it('a credential whose deletion failed is still there', () => {
  const db = openDatabase(':memory:')
  db.credentials.insert(credential)
  const failing = () =>
    db.transaction(() => {
      db.credentials.delete(credential.token)
      throw new Error('no')
    })
  expect(failing).toThrow('no')
  expect(db.credentials.find(credential.token)).toEqual(credential)
})

it('the workspaces of a user are the same, and in their order, after a deletion that failed', () => {
  const db = openDatabase(':memory:')
  const { memberships } = db
  for (const id of ['first', 'second', 'third']) memberships.add('user', id)
  const failing = () =>
    db.transaction(() => {
      memberships.deleteOf('second')
      memberships.add('user', 'fourth')
      memberships.add('user', 'first')
      expect(memberships.workspacesOf('user')).toEqual(['first', 'third', 'fourth'])
      throw new Error('no')
    })
  expect(failing).toThrow('no')
  expect(memberships.workspacesOf('user')).toEqual(['first', 'second', 'third'])
})
