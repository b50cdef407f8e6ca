/**
 * The import direction of core: errors ← protocol ← state ← kinds, rpc, store ← connection ←
 * registry ← tracking ← definitions ← client ← lists, groups.
 */
const core = 'packages/core/src'

/** `from` may import `to`, and nothing else of core. */
const layer = (from, to) => ({
  name: `core-${from}`,
  comment: `core/${from} imports only ${to.join(', ') || 'itself'}`,
  severity: 'error',
  from: { path: `^${core}/${from}(/|\\.ts$)`, pathNot: '\\.test\\.ts$' },
  to: { path: `^${core}/`, pathNot: [from, ...to].map((name) => `^${core}/${name}(/|\\.ts$)`) },
})

const gateway = 'packages/gateway/src'

/** The gateway's rooms, from the bottom to the top: each imports only itself and rooms before it. */
const gatewayRooms = [
  // Small files in src itself that know nothing of a gateway.
  'errors|describe-error|faults|safe-logger|bound-text|postgres-text|check|handled|teardown|' +
    'sql|uuid|version|within|at-once|once-per-process',
  'refusals',
  'json-depth',
  'postgres',
  'access',
  'uploads',
  'app',
  'engines',
  'runs',
  'observe',
  'workflows',
  'groups',
  'lists',
  'queries',
  'mutations',
  'live',
  'cluster',
  'streams',
  'options',
  'operations',
  'messages',
  'http',
  'servers',
  'gateway-guard|build-families|to-listener|build-context|own-start|server-list|server-many|server-calls|gateway|worker|migrate-database',
  'stop-on-signals',
  'cli',
  'index|bullmq|dbos|embedded|with-cancel',
]
const gatewayRoom = (names) => `^${gateway}/(${names})(/|\\.ts$)`

/** The generator: parse → resolve → schema ← emit. Each room imports only the rooms before it. */
const codegen = 'packages/codegen/src'

/** `from` may import `to`, and nothing else of the generator. */
const room = (from, to) => ({
  name: `codegen-${from.replace('/', '-')}`,
  comment: `codegen/${from} imports only ${to.join(', ')}`,
  severity: 'error',
  from: { path: `^${codegen}/${from}/`, pathNot: '\\.test\\.ts$' },
  to: {
    path: `^${codegen}/`,
    pathNot: [from, ...to].map((name) => `^${codegen}/${name}(/|\\.ts$)`),
  },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    layer('errors', []),
    layer('protocol', ['errors']),
    layer('state', ['errors', 'protocol']),
    layer('kinds', ['errors', 'protocol', 'state']),
    layer('time', []),
    layer('text-of', []),
    layer('queues', []),
    layer('estimate', []),
    layer('store', []),
    layer('rpc', ['errors', 'protocol', 'options', 'time', 'text-of']),
    layer('connection', ['errors', 'protocol', 'options', 'store', 'rpc', 'time', 'text-of']),
    layer('registry', [
      'errors',
      'protocol',
      'state',
      'kinds',
      'connection',
      'rpc',
      'store',
      'options',
      'time',
      'text-of',
    ]),
    layer('tracking', [
      'errors',
      'protocol',
      'state',
      'kinds',
      'connection',
      'registry',
      'rpc',
      'store',
      'options',
      'time',
      'text-of',
    ]),
    layer('definitions', ['errors', 'state', 'kinds', 'rpc', 'tracking', 'text-of']),
    layer('lists', [
      'errors',
      'protocol',
      'state',
      'kinds',
      'registry',
      'rpc',
      'store',
      'tracking',
      'definitions',
      'client',
    ]),
    layer('groups', [
      'errors',
      'protocol',
      'state',
      'kinds',
      'rpc',
      'tracking',
      'definitions',
      'client',
      'text-of',
    ]),
    {
      name: 'core-knows-no-adapter',
      comment: 'What adapters share is built on the client, never the other way round',
      severity: 'error',
      from: { path: `^${core}/(?!adapter/)` },
      to: { path: `^${core}/adapter/` },
    },
    {
      name: 'protocol-and-state-are-pure',
      comment: 'Decisions are data in, data out: no library and no platform module',
      severity: 'error',
      from: {
        path: `^${core}/(protocol|state|connection/(connection-state|backoff))(/|\\.ts$)`,
        pathNot: '\\.test\\.ts$',
      },
      to: { dependencyTypes: ['npm', 'core'] },
    },
    {
      name: 'core-depends-on-two-libraries',
      severity: 'error',
      from: { path: `^${core}`, pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm'], pathNot: 'node_modules/(rxjs|eventsource-parser)/' },
    },
    {
      name: 'adapters-use-core-alone',
      comment: 'An adapter knows core and its framework, never a gateway or another adapter',
      severity: 'error',
      from: { path: '^packages/(svelte|react|vue|elements)/src', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^packages/(svelte|react|vue|elements|gateway)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'elements-decide-purely',
      comment: 'Texts, announcements and the rows of a tray: data in, data out, no element',
      severity: 'error',
      from: {
        path: '^packages/elements/src/(text|announcer|notify/notification|tray/tray-(rows|memory))',
        pathNot: '\\.test\\.ts$',
      },
      to: {
        path: '^packages/elements/src/',
        pathNot: '^packages/elements/src/(text|announcer|tray/tray-rows)',
      },
    },
    {
      name: 'elements-need-no-framework',
      comment: 'Only the types for templates name a framework',
      severity: 'error',
      from: { path: '^packages/elements/src', pathNot: '(jsx|vue|svelte|\\.test)\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'npm-optional'] },
    },
    {
      name: 'gateway-uses-the-protocol-alone',
      severity: 'error',
      from: { path: '^packages/gateway/src', pathNot: '\\.test\\.ts$' },
      to: { path: `^${core}/(?!protocol|queues)` },
    },
    {
      name: 'codegen-decides-purely',
      comment:
        'From source text to generated text it is data in, data out; grammar.ts alone loads the parser',
      severity: 'error',
      from: {
        path: `^${codegen}/(parse|resolve|emit|schema|problem|names|generated-file)(/|\\.ts$)`,
        pathNot: '\\.test\\.ts$|parse/grammar\\.ts$',
      },
      to: { dependencyTypes: ['core', 'npm'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'codegen-has-one-door',
      comment: 'cli/ may import all; nothing imports cli/',
      severity: 'error',
      from: { path: `^${codegen}/(?!cli/)` },
      to: { path: `^${codegen}/cli/` },
    },
    room('files', ['errors', 'generated-file', 'names', 'parse/source']),
    room('parse', ['schema', 'problem']),
    room('resolve', ['schema', 'problem', 'names', 'parse']),
    room('resolve/known', ['schema', 'problem']),
    room('resolve/serde', ['schema', 'problem', 'parse']),
    room('resolve/names', ['schema', 'problem', 'parse', 'resolve/(known|serde)']),
    room('resolve/types', ['schema', 'problem', 'parse', 'resolve/(known|serde|names)']),
    room('resolve/functions', ['schema', 'problem', 'parse', 'resolve/(known|names|types)']),
    room('resolve/finish', ['schema', 'problem', 'names']),
    room('emit', ['schema', 'problem', 'names', 'generated-file']),
    room('emit/print', ['names']),
    room('emit/model', ['schema', 'problem', 'names']),
    room('emit/types', ['schema', 'problem', 'names', 'emit/(print|model)']),
    room('emit/check', ['schema', 'problem', 'names', 'emit/(model|types)']),
    room('emit/convert', ['schema', 'problem', 'names', 'emit/(print|model|types)']),
    room('emit/targets', ['schema', 'problem', 'names', 'emit/(print|model|types)']),
    {
      name: 'create-headway-composes-purely',
      comment: 'From answers and templates to the files of a project it is data in, data out',
      severity: 'error',
      from: { path: '^packages/create-headway/src/compose/', pathNot: '\\.test\\.ts$' },
      to: {
        path: ['^packages/create-headway/src/(?!compose/)', 'node_modules/'],
      },
    },
    {
      name: 'one-file-opens-a-stream',
      severity: 'error',
      from: { pathNot: 'connection/event-stream\\.ts$' },
      to: { path: 'node_modules/eventsource-parser/' },
    },
    {
      name: 'packages-know-no-example',
      severity: 'error',
      from: { path: '^packages' },
      to: { path: '^examples' },
    },
    {
      name: 'kit-knows-no-package',
      comment: 'The test kit serves the tests of every package, so it imports none of them',
      severity: 'error',
      from: { path: '^test/kit/' },
      to: { path: '^(packages|examples|bench)/' },
    },
    {
      name: 'sources-know-no-kit',
      comment: 'Only tests, and the suites of packages/conformance, use the test kit',
      severity: 'error',
      from: {
        path: '^(packages|examples)/[^/]+/src/',
        pathNot: '\\.test\\.tsx?$|^packages/conformance/',
      },
      to: { path: '^test/' },
    },
    // The gateway's rooms: begin.
    ...gatewayRooms.slice(0, -1).map((names, index) => ({
      name: `gateway-${names.split('|', 1)[0]}`,
      comment: `gateway/${names} imports only what is before it in the list of rooms`,
      severity: 'error',
      from: { path: gatewayRoom(names), pathNot: '\\.test\\.ts$' },
      to: { path: gatewayRoom(gatewayRooms.slice(index + 1).join('|')) },
    })),
    {
      name: 'gateway-knows-its-rooms',
      comment: 'A new folder of the gateway gets a place in the list of rooms',
      severity: 'error',
      from: {
        path: `^${gateway}/`,
        pathNot: ['\\.test\\.ts$', gatewayRoom(gatewayRooms.join('|'))],
      },
      to: {},
    },
    // The gateway's rooms: end.
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.turbo|\\.data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      conditionNames: ['headway-source', 'import', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.svelte', '.vue'],
    },
  },
}
