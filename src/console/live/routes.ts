/** The control routes by their paths, for the types of what is asked and answered. Types alone: no code. */
import type { connectWebviewRoutes, connectedAccountRoutes } from '../../contract/accounts.ts'
import type { acsCredentialRoutes } from '../../contract/acs-credentials.ts'
import type { cardRoutes, encoderRoutes, entranceRoutes } from '../../contract/acs-doors.ts'
import type { acsSystemRoutes } from '../../contract/acs-systems.ts'
import type { bridgeRoutes } from '../../contract/bridges.ts'
import type { chronicleRoute } from '../../contract/chronicle.ts'
import type { clockRoutes } from '../../contract/clock.ts'
import type { disagreementsRoute } from '../../contract/disagreements.ts'
import type { doctorRoute } from '../../contract/doctor.ts'
import type { accessCodeRoutes } from '../../contract/explain.ts'
import type { accessGrantRoutes, spaceRoutes, stayRoutes } from '../../contract/explain-access.ts'
import type { faultRoutes } from '../../contract/faults.ts'
import type { inboxRoutes } from '../../contract/inbox.ts'
import type { lockModelRoutes } from '../../contract/lock-models.ts'
import type { lockRoutes } from '../../contract/locks.ts'
import type { manufacturerAppRoutes } from '../../contract/manufacturer-app.ts'
import type { noiseSensorRoutes } from '../../contract/noise-sensors.ts'
import type { reportRoute } from '../../contract/report.ts'
import type { requestRoutes } from '../../contract/requests.ts'
import type { settingsRoutes } from '../../contract/settings.ts'
import type { snapshotRoutes } from '../../contract/snapshots.ts'
import type { thermostatModelRoutes, thermostatRoutes } from '../../contract/thermostats.ts'
import type { timelineRoute } from '../../contract/timeline.ts'
import type { eventRoutes } from '../../contract/events.ts'
import type { webhookDeliveryRoutes, webhookRoutes } from '../../contract/webhooks.ts'
import type { fixtureRoutes, workspaceRoutes } from '../../contract/workspaces.ts'
import type { worldRoute } from '../../contract/world.ts'

export interface Routes {
  '/_emulator/connect_webviews/complete': (typeof connectWebviewRoutes)['complete']
  '/_emulator/connect_webviews/fail': (typeof connectWebviewRoutes)['fail']
  '/_emulator/connected_accounts/request_reauthorization': (typeof connectedAccountRoutes)['request_reauthorization']
  '/_emulator/acs_credentials/explain': (typeof acsCredentialRoutes)['explain']
  '/_emulator/cards/list': (typeof cardRoutes)['list']
  '/_emulator/encoders/get': (typeof encoderRoutes)['get']
  '/_emulator/encoders/place_card': (typeof encoderRoutes)['place_card']
  '/_emulator/encoders/remove_card': (typeof encoderRoutes)['remove_card']
  '/_emulator/encoders/set_online': (typeof encoderRoutes)['set_online']
  '/_emulator/acs_systems/present': (typeof entranceRoutes)['present']
  '/_emulator/entrances/get': (typeof entranceRoutes)['get']
  '/_emulator/entrances/set_online': (typeof entranceRoutes)['set_online']
  '/_emulator/entrances/set_privacy_mode': (typeof entranceRoutes)['set_privacy_mode']
  '/_emulator/acs_systems/create': (typeof acsSystemRoutes)['create']
  '/_emulator/acs_systems/get': (typeof acsSystemRoutes)['get']
  '/_emulator/bridges/list': (typeof bridgeRoutes)['list']
  '/_emulator/bridges/unplug': (typeof bridgeRoutes)['unplug']
  '/_emulator/bridges/plug': (typeof bridgeRoutes)['plug']
  '/_emulator/chronicle': typeof chronicleRoute
  '/_emulator/clock/get': (typeof clockRoutes)['get']
  '/_emulator/clock/freeze': (typeof clockRoutes)['freeze']
  '/_emulator/clock/resume': (typeof clockRoutes)['resume']
  '/_emulator/clock/advance': (typeof clockRoutes)['advance']
  '/_emulator/clock/stop': (typeof clockRoutes)['stop']
  '/_emulator/clock/agenda': (typeof clockRoutes)['agenda']
  '/_emulator/clock/preview': (typeof clockRoutes)['preview']
  '/_emulator/doctor': typeof doctorRoute
  '/_emulator/disagreements': typeof disagreementsRoute
  '/_emulator/access_codes/explain': (typeof accessCodeRoutes)['explain']
  '/_emulator/access_grants/explain': (typeof accessGrantRoutes)['explain']
  '/_emulator/spaces/explain': (typeof spaceRoutes)['explain']
  '/_emulator/stays/explain': (typeof stayRoutes)['explain']
  '/_emulator/faults/create': (typeof faultRoutes)['create']
  '/_emulator/faults/list': (typeof faultRoutes)['list']
  '/_emulator/faults/delete': (typeof faultRoutes)['delete']
  '/_emulator/faults/clear': (typeof faultRoutes)['clear']
  '/_emulator/faults/catalog': (typeof faultRoutes)['catalog']
  '/_emulator/inbox/list': (typeof inboxRoutes)['list']
  '/_emulator/inbox/wait_for': (typeof inboxRoutes)['wait_for']
  '/_emulator/inbox/clear': (typeof inboxRoutes)['clear']
  '/_emulator/inbox/receive/:inbox': (typeof inboxRoutes)['receive']
  '/_emulator/lock_models/list': (typeof lockModelRoutes)['list']
  '/_emulator/locks/create': (typeof lockRoutes)['create']
  '/_emulator/locks/get': (typeof lockRoutes)['get']
  '/_emulator/locks/enter_code': (typeof lockRoutes)['enter_code']
  '/_emulator/locks/connect': (typeof lockRoutes)['connect']
  '/_emulator/locks/disconnect': (typeof lockRoutes)['disconnect']
  '/_emulator/locks/set_battery': (typeof lockRoutes)['set_battery']
  '/_emulator/locks/set_keypad': (typeof lockRoutes)['set_keypad']
  '/_emulator/locks/set_third_party': (typeof lockRoutes)['set_third_party']
  '/_emulator/locks/jam': (typeof lockRoutes)['jam']
  '/_emulator/locks/set_door': (typeof lockRoutes)['set_door']
  '/_emulator/locks/factory_reset': (typeof lockRoutes)['factory_reset']
  '/_emulator/manufacturer_app/create_code': (typeof manufacturerAppRoutes)['create_code']
  '/_emulator/manufacturer_app/update_code': (typeof manufacturerAppRoutes)['update_code']
  '/_emulator/manufacturer_app/delete_code': (typeof manufacturerAppRoutes)['delete_code']
  '/_emulator/noise_sensors/create': (typeof noiseSensorRoutes)['create']
  '/_emulator/noise_sensors/get': (typeof noiseSensorRoutes)['get']
  '/_emulator/noise_sensors/play': (typeof noiseSensorRoutes)['play']
  '/_emulator/noise_sensors/set_battery': (typeof noiseSensorRoutes)['set_battery']
  '/_emulator/noise_sensors/explain': (typeof noiseSensorRoutes)['explain']
  '/_emulator/report': typeof reportRoute
  '/_emulator/requests/list': (typeof requestRoutes)['list']
  '/_emulator/requests/clear': (typeof requestRoutes)['clear']
  '/_emulator/settings/get': (typeof settingsRoutes)['get']
  '/_emulator/settings/update': (typeof settingsRoutes)['update']
  '/_emulator/snapshots/create': (typeof snapshotRoutes)['create']
  '/_emulator/snapshots/restore': (typeof snapshotRoutes)['restore']
  '/_emulator/snapshots/list': (typeof snapshotRoutes)['list']
  '/_emulator/snapshots/delete': (typeof snapshotRoutes)['delete']
  '/_emulator/snapshots/export': (typeof snapshotRoutes)['export']
  '/_emulator/snapshots/import': (typeof snapshotRoutes)['import']
  '/_emulator/thermostat_models/list': (typeof thermostatModelRoutes)['list']
  '/_emulator/thermostats/create': (typeof thermostatRoutes)['create']
  '/_emulator/thermostats/get': (typeof thermostatRoutes)['get']
  '/_emulator/thermostats/set_room': (typeof thermostatRoutes)['set_room']
  '/_emulator/thermostats/turn_dial': (typeof thermostatRoutes)['turn_dial']
  '/_emulator/thermostats/explain': (typeof thermostatRoutes)['explain']
  '/_emulator/timeline': typeof timelineRoute
  '/_emulator/events/list': (typeof eventRoutes)['list']
  '/_emulator/webhook_deliveries/list': (typeof webhookDeliveryRoutes)['list']
  '/_emulator/webhook_deliveries/resend': (typeof webhookDeliveryRoutes)['resend']
  '/_emulator/webhooks/create': (typeof webhookRoutes)['create']
  '/_emulator/fixtures/list': (typeof fixtureRoutes)['list']
  '/_emulator/workspaces/create': (typeof workspaceRoutes)['create']
  '/_emulator/workspaces/list': (typeof workspaceRoutes)['list']
  '/_emulator/workspaces/reset': (typeof workspaceRoutes)['reset']
  '/_emulator/workspaces/delete': (typeof workspaceRoutes)['delete']
  '/_emulator/world': typeof worldRoute
}
