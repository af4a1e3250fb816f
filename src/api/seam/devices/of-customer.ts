/** The devices of a customer: its own, those of its accounts, and those in its spaces. */
import { either, inTable, is } from '../../../db/conditions.ts'
import { devices } from '../../../db/tables/devices.ts'
import { spaces } from '../../../db/tables/spaces.ts'
import { ofCustomer } from '../../http/list-filters.ts'

const own = is(devices.customer_key)
const ofAccounts = ofCustomer(devices.connected_account_id)
const inSpaces = inTable(devices.space_ids, spaces.space_id)
const spacesOf = is(spaces.customer_key)

export const devicesOfCustomer = (customer_key: string) =>
  either(own(customer_key), ofAccounts(customer_key), inSpaces(spacesOf(customer_key)))
