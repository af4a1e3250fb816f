/**
 * Node's HTTP. An `import` of the module by its name reads every export once, among them `WebSocket`,
 * and with that loads Node's fetch client: 36 ms and 13 MB of each start (docs/decisions/0100).
 */
export const http = process.getBuiltinModule('node:http')
