/**
 * What is claimed of rooms, thermostats, microphones and noise sensors, and the test that holds each
 * claim: by its file below `test/` and its title, after that of its group where it has one.
 */
import { claimsIn } from './claims.ts'
import type { Claim, ClaimsAbout } from './claims.ts'

const files = {
  rooms: 'stories/rooms.test.ts',
  walls: 'stories/thermostats.test.ts',
  habits: 'stories/thermostat-habits.test.ts',
  noise: 'stories/noise-sensors.test.ts',
  microphones: 'stories/microphones.test.ts',
  course: 'sim/thermostats/room-course.test.ts',
  windows: 'sim/noise-sensors/windows.test.ts',
  steady: 'sim/steady-climate.test.ts',
  time: 'support/time-laws.ts',
  faults: 'faults/access-systems.test.ts',
} as const

const by = claimsIn(files)

const broken =
  'a broken furnace heats and the room gets cold: the limit is told once, and so is its end'
const warm = 'a room of 16 °C that is heated to 21 °C'
const year = `${warm} > is warm by arrival, at the instants of its formula, and silent for a year`
const models = 'a thermostat of the model %s is what its brand is'
const offline = 'a thermostat that nobody can reach'
const polls = 'where Seam asks every ten minutes'
const lost = 'a command that is lost leaves the thermostat as it is, and the next one works'
const checkIn = 'a thermostat that is offline at check-in leaves the room cold until it is back'
const alone = 'a program runs alone while its account is disconnected, also where clocks go forward'
const stay = 'a stay has the preset for guests while it lasts, and the fallback before and after'

const rooms: Claim[] = [
  ...by('rooms', {
    'Between changes the temperature is an exponential towards the weather; an open window is a quicker one':
      'a room > cools down towards the weather as its formula says, and quicker by an open window',
    'The weather of a day is a step function':
      'a room > follows the weather of the day, step by step',
    'Heating and cooling keep their set points by 0.3 K; heat_cool does both':
      'a room > is heated below one set point and cooled above the other one',
    'Eco has a band of its own, 15 to 28 °C':
      'a room > in eco mode is kept from frost and from heat, by the band of the thermostat',
    'A reading is the temperature rounded half up to 0.1 °C':
      'a thermometer > shows tenths of a degree, where halves go up',
    'The humidity is constant': 'a thermometer > shows a humidity that does not change',
    'simulate/temperature_reached sets the room, which goes on from there':
      'a thermometer > that is simulated makes the room as warm as that, and it goes on from there',
  }),
  ...by('walls', {
    'A heated room passes each degree at the instant of its formula': year,
    'The burner goes off and on at the instants of its formula, for ever': `${warm} > has its burner on and off at the instants of its formula`,
    'A cooled room does the same in summer': 'a room of 28 °C in summer is cooled to 24 °C',
    'A broken furnace heats, and the room gets colder': broken,
    'Auxiliary heat runs while a heat pump is 1.7 K short, with a device error for as long':
      'a heat pump calls for auxiliary heat while the room is much too cold',
    'A fan runs when it is told to, while something heats or cools, and in circulate a quarter of each hour':
      'a fan runs when it is told to, and by itself while the room is heated',
  }),
  ...by('course', {
    'Times are rounded up to the first millisecond':
      'the next reading that is wanted is the first millisecond of it',
    'The cycle is the same after a year':
      'the cycle is the same after a year as after a day, within the play around the set point',
    'Where the set point lies beyond what the furnace can do, it heats for ever':
      'a furnace that is too weak heats for ever',
  }),
  ...by('steady', {
    'A steady room has no jobs':
      'a thermostat set to %s costs nothing once its room is steady: there is no job',
  }),
  ...by('time', {
    'One leap and many steps are the same history':
      'one leap and many steps give the same transcript, the same deliveries in the same order, and the same rows',
  }),
]

const knowledge: Claim[] = [
  ...by('rooms', {
    'What a broken link hides does not stop; the API has the last report': `${offline} > goes on heating, while the API has its last reading until it is back`,
    'account_disconnected and device_disconnected say which part of a link is broken': `${offline} > says which part of its link is broken, as a noise sensor does`,
    'A polled value is the one at the poll, and so is its instant': `${polls} > a change is seen at the next poll, as it is then`,
    'What happens between two polls is never seen': `${polls} > a peak between two polls is never seen`,
    'The weather changes no polled value before its poll': `${polls} > weather that changes between two polls is seen at the next one`,
    'A hand at the dial is seen at the next poll': `${polls} > a hand at the dial is seen at the next poll`,
  }),
  ...by('faults', {
    'device.link takes thermostats and sensors down and up':
      'device.link reaches thermostats and noise sensors as well',
  }),
  ...by('noise', {
    'Alerts that nobody heard are told on return, oldest first, with their own instants':
      'what a sensor hears while it is offline is told when it is back, with its own times',
    'A thousand of them are kept': 'a sensor that nobody hears keeps its newest thousand notices',
  }),
  ...by('microphones', {
    'A polled level is the one at the poll; alerts are pushed':
      'the level > is seen at the next poll where Seam asks every ten minutes, and alerts at once',
  }),
]

const wants: Claim[] = [
  ...by('habits', {
    'Creating, changing and deleting a preset is no event; its name for people is its key':
      'a climate preset > is created, changed and deleted without an event, and has a name for people',
    'A preset that was touched is a manual setting without a key':
      'a climate preset > is in force until somebody touches the thermostat, which has a manual setting then',
    'A preset in use cannot be deleted':
      'a climate preset > that is the fallback, in a schedule that is not over or in a program cannot be deleted',
    'A schedule that fails is tried again every retry_every':
      'a schedule > that is refused by the thermostat is tried again until it works',
    'A schedule that is over is not made up for':
      'a schedule > that is over before its thermostat is back never comes about',
    'Changing or deleting a schedule in force acts at once':
      'a schedule > is changed at once while it rules, and let go of when it is deleted',
    'An override without a period stays until another preset comes':
      'a schedule > leaves an override alone until another preset comes, where no period is given',
    'The fallback is applied once':
      'a schedule > ends with the fallback once, and what is changed then is left alone',
    'Without fallback and program nothing changes where a schedule ends':
      'a schedule > ends with nothing where there is no fallback and no program',
    'A program is pushed as a whole week, each push replaces it, and null clears it; a day in use cannot be deleted':
      'a program > is on the thermostat when it was pushed as a week, and not before',
    'Before a day’s first period the last one of the programmed day before rules':
      'a program > has the last period of the programmed day before until the first one of a day',
    'A period in an hour that comes twice begins once':
      'a program > begins a period in an hour that comes twice only once',
    'After a schedule today’s program comes before the fallback':
      'a program > rules again where a schedule ends, if it has something for the day',
    'A hold ends by the thermostat’s own clock, and its week goes on':
      'a program > goes on where a hold is over, also where nobody can reach the thermostat',
    'A thermostat holds a schedule against its program':
      'a program > does not interrupt a schedule',
    'Programs of Nest are run by Seam':
      'a program > of Nest is run by Seam: it stands still while the thermostat is offline',
    'A changed preset is pushed again':
      'a program > is pushed again where one of its presets is changed',
    'A failed push is made up for': 'a program > that could not be pushed is pushed later',
    'Without a time zone a program runs in UTC, with the warning time_zone_unknown':
      'a program > runs in UTC where nobody has told the time zone, with a warning for as long',
    'Four periods a day on a grid of 15 minutes':
      'a program > has four periods a day at most, on a grid of fifteen minutes, on a Honeywell',
    'Each model has its modes, fans, ranges, presets and programs': models,
    'A week has four presets at most on a Honeywell, and days of its own thermostat':
      'what no week and no schedule can be is refused, and changes nothing: > a week of more presets than fit, or with the day of another thermostat',
    'No two schedules of a thermostat start at one instant':
      'what no week and no schedule can be is refused, and changes nothing: > a schedule that is moved to the start of another one, or to its own end',
    'Logins bring what their guides say: three of Nest, by two names of its provider; First Alert brings Honeywell':
      'a login at %s brings %i of the type %s',
    'A thermostat shows all of its properties together':
      'a thermostat shows all that thermostats have',
  }),
  ...by('walls', {
    'The thermostat switches by its own clock, also offline, and where clocks skip an hour': alone,
    'A schedule is active from start to end, and a stay has its events': stay,
    'An unreachable schedule is active, with failed_to_activate': checkIn,
    'N minutes of override count from the last change':
      'a guest who turns it up has ninety minutes from the last turn',
    'Where no override is allowed, the dial and commands are undone at once':
      'where no override is allowed, a turn is undone within seconds, and so is a command',
    'An activated preset beats a schedule until the next boundary':
      'an activated preset beats a schedule until the next boundary',
    'Of schedules that overlap the latest start rules':
      'of schedules that overlap the last one rules, and the older one again when it ends',
    'A preset in force that is changed reaches the thermostat':
      'a preset that is edited while it is in force reaches the thermostat',
    'A command to a thermostat that is offline fails, and changes nothing':
      'a thermostat that is offline answers commands with an error, and keeps what it had',
    'A command that is lost changes nothing; one that is not confirmed is seen from outside': lost,
    'Refusals have their types and change nothing':
      'what does not fit is refused by its type, and changes nothing: > unknown presets, taken starts, and things that are in use',
  }),
]

const told: Claim[] = [
  ...by('habits', {
    'A command is told as method seam when it is confirmed, with what is in force, in both units':
      'a command > is told when the thermostat has taken it, with what is in force now',
    'Set points that a mode does not use are left out':
      'a command > of set_hvac_mode leaves out the set points that the mode does not use',
    'Commands take 0.6 to 4 s, programs 2 to 8 s':
      'a command > takes 0.6 to 4 seconds, and a program 2 to 8',
    'Attempts end with provider_unavailable or uncategorized_error':
      'a command > that a fault makes %s ends with %s',
    'A delayed command comes later': 'a command > that a fault delays comes later',
    'A period that begins is told without schedule and fallback':
      'a program > tells each of its periods, and none of them twice',
  }),
  ...by('rooms', {
    'A change is told per whole degree since the last one told':
      'a thermometer > tells a change of a whole degree since the last one that was told, and no smaller one',
    'A set point is reached within 1 °C, once per target, at once where the room is there':
      'a set point is reached > once for each new target, and at once where the room is there already',
    'Of two set points the nearer one is reached':
      'a set point is reached > of two by the one that is nearer',
    'Off and eco reach none':
      'a room > that is held in eco mode or switched off reaches no set point',
    'A limit that is violated when it is set is told at once; one that is kept ends it':
      'temperature limits > that are exceeded already are told at once, and new ones that are kept say so',
    'Deleted limits take their warning along, without an event':
      'temperature limits > that are deleted %s go with their warning, and without a word',
    'At one instant: the step, the set point, the limits':
      'temperature limits > are told after the step and the set point of the same instant',
  }),
  ...by('walls', {
    'A limit inside the play is told once an hour at most':
      'a limit inside the play of the thermostat is told once an hour at most',
  }),
]

const noise: Claim[] = [
  ...by('microphones', {
    'The level is a step function of background and what was played last':
      'the level > is a silent flat where nothing is heard, and what was played last where something is',
    'A Minut sensor reports five values of its last report':
      'the level > comes with all that a Minut sensor measures, of the instant of its last report',
    'The Noise Risk Score is two a decibel above 40, from 0 to 100; NoiseAware is wired':
      'the level > is a Noise Risk Score as well on a NoiseAware sensor, which is wired',
    'A level equal to the threshold triggers': 'a threshold > that is reached exactly is triggered',
    'Without quiet hours the normal threshold rules at night':
      'a threshold > for quiet hours that is deleted leaves the night to the one for normal hours',
    'A change restarts a running disturbance when it is on the sensor':
      'a threshold > that is changed while it is loud counts anew from when the sensor has it',
    'Programming takes 1 to 5 s; until then a threshold is listed as not programmed':
      'a threshold > takes one to five seconds to be on the sensor, which triggers nothing before',
    'Of both units the score is kept':
      'a threshold > of both units keeps the Noise Risk Score, and answers its decibels',
    'End equal to start is the whole day, 23:59:59 is midnight':
      'a threshold > that ends when it begins rules all day, and so does one until 23:59:59',
    'Quiet hours lie inside the normal ones':
      'a threshold > for quiet hours must lie inside those of the normal one, and be fewer',
    'What a fault refuses ends its attempt and is tried again':
      'a threshold > whose %s a fault refuses is tried again by itself',
    'Thresholds are listed in the order of creation':
      'a threshold > is listed in the order of creation',
    'simulate outside of all windows takes the first threshold':
      'a sensor > that is told to be noisy outside of all windows triggers its first threshold',
    'An empty battery hears nothing':
      'a sensor > whose battery is empty hears nothing, and nothing of it is told later',
    'A removed sensor says nothing':
      'a sensor > that was taken out of its account says nothing any more',
    'Each brand comes with its own thresholds': 'a sensor > of each brand is what its brand is',
  }),
  ...by('noise', {
    'Notices of a Minut sensor after 10, 15 and 25 minutes, and its end after 5 quiet ones':
      'a party in quiet hours is told four times, with the threshold for quiet hours',
    'Quiet hours take the place of the normal threshold in their window alone':
      'a loud afternoon reaches the threshold for normal hours',
    'Noise that does not last triggers nothing, and is seen while it lasts':
      'a clap of half a minute is seen and told of by nobody',
    'Noise before the window opens does not count': 'noise before quiet hours begin does not count',
    'Where the window closes the disturbance ends': 'a disturbance is over where its window closes',
    'A pause puts the next notice off':
      'a pause shorter than the quiet that ends it puts the next notice off',
    'Windows are in the zone of the threshold, else of the device':
      'a threshold in a time zone > rules by the clocks on the walls there',
    'A night of eight hours where clocks go forward':
      'a threshold in a time zone > lasts eight hours in the night in which clocks go forward',
    'Two thresholds at most on a Minut sensor, of which the first one stays':
      'a Minut sensor has two thresholds at most, and never loses that for normal hours',
    'NoiseAware: no two in one hour; one newNoise a disturbance':
      'NoiseAware thresholds may touch but not overlap, and a long party is told once',
    'A sensor judges by what it holds':
      'a sensor that is offline judges by its old threshold, until the new one is on it',
    'A simulated noise is told once, 5 dB above its threshold':
      'a simulated noise is told once, and only in a sandbox',
    'A battery lasts a year, and then the sensor is dark':
      'a battery runs down over a year, and the sensor goes dark',
  }),
  ...by('steady', {
    'A silent year costs nothing':
      'a silent noise sensor costs nothing but the next threshold of its battery',
  }),
  ...by('windows', {
    'Edges of windows follow the clocks on the walls in every zone':
      'the next edge is the first minute at which the window is otherwise, in every zone',
  }),
]

export const climateClaims: readonly ClaimsAbout[] = [
  { about: 'Rooms and thermostats', claims: rooms },
  { about: 'What Seam knows of them', claims: knowledge },
  { about: 'Presets, schedules and programs', claims: wants },
  { about: 'What is told of thermostats', claims: told },
  { about: 'Noise', claims: noise },
]

/** What sources speak of and the emulator does not have, with the reason. */
export const climateLeftOut: Readonly<Record<string, string>> = {
  'The hub of a SmartThings thermostat':
    'its link is its own; a hub takes down locks behind it (hub_disconnected), and no source says more of thermostats',
  'tado and Sensi with other wiring':
    'one model a brand: tado heats, Sensi has no heat_cool; a fixture cannot rewire them',
  'The device type of First Alert':
    'its login works (provider first_alert) and brings Honeywell thermostats: the document has no type of its own',
  'Schedules that vanish when they are over':
    'they are listed until they are deleted; no source says that they go',
  'The humidity, pressure and movement of a room': 'constant: nothing is told of them',
  'continuedNoise and resolvedNoise of NoiseAware': 'the guide says that they raise no event',
  'PIR, tamper and smoke of Minut': 'Seam has no event of them',
}
