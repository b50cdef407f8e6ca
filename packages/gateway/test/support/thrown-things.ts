import { runInNewContext } from 'node:vm'
import { Refused } from '../../src/index.ts'

/** Something that user code throws. */
export interface ThrownThing {
  name: string
  /** Made anew each time, at the moment when it is thrown. */
  make: () => unknown
  /** The message with `maskErrors: false`. */
  says: string | RegExp
  /** Whether it is meant for users. */
  isForUsers?: true
}

const thing = (name: string, make: () => unknown, says: string | RegExp): ThrownThing => ({
  name,
  make,
  says,
})
const meant = (name: string, make: () => unknown, says: string | RegExp): ThrownThing => ({
  ...thing(name, make, says),
  isForUsers: true,
})
const fails = (): never => {
  throw new Error('read me not')
}
const withGetter = (member: string, error: object = new Error('disk full')): object =>
  Object.defineProperty(error, member, { get: fails, enumerable: true })
const revoked = (target: object): unknown => {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}
const handlers: ProxyHandler<object> = {
  get: fails,
  has: fails,
  getPrototypeOf: fails,
  ownKeys: fails,
}
const cyclic = (): Error => {
  const error = new Error('cyclic')
  error.cause = Object.assign(new Error('inner'), { cause: error })
  return Object.assign(error, { self: error, errors: [error] })
}
const nothing = 'an error without a message'

/** Everything that user code has been seen to throw, and what it could. */
export const thrownThings: readonly ThrownThing[] = [
  thing('an error', () => new Error('disk full'), 'disk full'),
  thing('an error without a message', () => new Error(), nothing),
  thing('a blank message', () => new Error(' \n\t'), nothing),
  thing('a class without a message', () => new RangeError(), 'RangeError'),
  thing(
    'a message that is a list',
    () => Object.assign(new Error(), { message: ['a', 'b'] }),
    'a, b',
  ),
  thing('a message that is an empty list', () => Object.assign(new Error(), { message: [] }), '[]'),
  thing('a message that is a number', () => Object.assign(new Error(), { message: 42 }), '42'),
  thing(
    'a message that is an object',
    () => Object.assign(new Error(), { message: { code: 7 } }),
    '{ code: 7 }',
  ),
  thing('a message that is null', () => Object.assign(new Error(), { message: null }), nothing),
  thing(
    'a message that is a symbol',
    () => Object.assign(new Error(), { message: Symbol('m') }),
    'Symbol(m)',
  ),
  thing(
    'a message that is a proxy',
    () => Object.assign(new Error(), { message: revoked([]) }),
    /Proxy|without/,
  ),
  thing('a message that throws', () => withGetter('message'), nothing),
  thing('a name that throws', () => withGetter('name', new Error('')), nothing),
  thing('a stack that throws', () => withGetter('stack'), 'disk full'),
  thing('a code that throws', () => withGetter('code'), 'disk full'),
  thing('a cause that throws', () => withGetter('cause'), 'disk full'),
  thing(
    'a toJSON that throws',
    () => Object.assign(new Error('disk full'), { toJSON: fails }),
    'disk full',
  ),
  thing('a member that throws', () => withGetter('details'), 'disk full'),
  thing('a frozen error', () => Object.freeze(new Error('disk full')), 'disk full'),
  thing('a string', () => 'disk full', 'disk full'),
  thing('an empty string', () => '', nothing),
  thing('a number', () => 42, '42'),
  thing('NaN', () => Number.NaN, 'NaN'),
  thing('a BigInt', () => 12n, '12'),
  thing('a symbol', () => Symbol('disk'), 'Symbol(disk)'),
  thing('undefined', () => undefined, 'undefined'),
  thing('null', () => null, 'null'),
  thing('false', () => false, 'false'),
  thing('a function', () => fails, /Function/),
  thing('a class', () => RangeError, /RangeError/),
  thing('an object', () => ({ status: 404 }), '{ status: 404 }'),
  thing('an object without a prototype', () => Object.create(null), /\{\}/),
  thing('an object with a message', () => ({ message: 'disk full' }), 'disk full'),
  thing('a list', () => [1, 2], /1, 2/),
  thing('a toString that throws', () => ({ toString: fails }), /toString/),
  thing('a toPrimitive that throws', () => ({ [Symbol.toPrimitive]: fails }), /toPrimitive/),
  thing('a toStringTag that throws', () => withGetter(Symbol.toStringTag as never, {}), /./),
  thing(
    'an inspect that throws',
    () => ({ [Symbol.for('nodejs.util.inspect.custom')]: fails }),
    /./,
  ),
  thing('a proxy that was revoked', () => revoked({}), /Proxy/),
  thing('a function proxy that was revoked', () => revoked(fails), /Proxy/),
  thing('a proxy of an error that was revoked', () => revoked(new Error('x')), /./),
  thing('a proxy that throws', () => new Proxy({}, handlers), /Proxy/),
  thing('a proxy of an error that throws', () => new Proxy(new Error('x'), handlers), /./),
  thing(
    'an error of another realm',
    () => runInNewContext('new TypeError("elsewhere")'),
    'elsewhere',
  ),
  thing('a prototype of errors', () => Object.create(Error.prototype), nothing),
  thing('a promise', () => Promise.resolve(1), /Promise/),
  thing('a promise that rejects', () => Promise.reject(new Error('inner')), /Promise/),
  // biome-ignore lint/suspicious/noThenProperty: that is what is thrown
  thing('a thenable that throws', () => ({ then: fails }), /then/),
  // biome-ignore lint/suspicious/noThenProperty: as above
  thing('a thenable that never ends', () => ({ then: () => undefined }), /then/),
  thing('a cycle', cyclic, /^cyclic/),
  thing(
    'several errors',
    () => new AggregateError([new Error('a'), 'b', null, 4], 'all failed'),
    'all failed: a; b; null; and 1 more',
  ),
  thing('several errors, and no word', () => new AggregateError([new Error('a')]), 'a'),
  thing('no errors at all', () => new AggregateError([]), 'AggregateError'),
  thing(
    'several hostile errors',
    () => new AggregateError([revoked({}), withGetter('message')], 'x'),
    /^x: /,
  ),
  thing('NUL', () => new Error('disk \0full'), 'disk \ufffdfull'),
  thing('half a character', () => new Error('disk \ud800 full \udc00'), 'disk \ufffd full \ufffd'),
  thing('20 MB', () => new Error('x'.repeat(20_000_000)), /^x{1999}…$/),
  thing('20 MB of pairs', () => new Error(`x${'😀'.repeat(5_000_000)}`), /^x(😀){999}…$/u),
  thing(
    '20 MB in a list',
    () => Object.assign(new Error(), { message: ['x'.repeat(20_000_000), 'b'] }),
    /^x{299}…, b$/,
  ),
  thing('20 MB in an object', () => ({ text: 'x'.repeat(20_000_000) }), /^\{ text: 'x+/),
  thing('a password', () => new Error('connect to postgresql://app:hunter2@db'), /hunter2/),
  thing(
    'the code of a time-out',
    () => Object.assign(new Error('late'), { code: Symbol('57014') }),
    'late',
  ),
  meant('a refusal', () => new Refused('There is no seat left'), 'There is no seat left'),
  meant('a refusal that says nothing', () => new Refused(''), 'Refused'),
  meant('a refusal of 20 MB', () => new Refused('no'.repeat(10_000_000)), /^(no){999}n…$/),
  meant('a refusal with half a character', () => new Refused('no \ud83d'), 'no \ufffd'),
  meant(
    'a refusal with a list',
    () => Object.assign(new Refused('x'), { message: ['no', 'no'] }),
    'no, no',
  ),
  meant('a refusal with details that are no JSON', () => new Refused('no', { details: 12n }), 'no'),
  meant(
    'a refusal with details of 1 MB',
    () => new Refused('no', { details: 'x'.repeat(1_000_000) }),
    'no',
  ),
  meant('a refusal with a status that is none', () => new Refused('no', { status: 42 }), 'no'),
  meant(
    'a refusal with a code that is none',
    () => new Refused('no', { code: 12n as never }),
    'no',
  ),
  meant('a refusal that cannot be read', () => withGetter('refusal', new Refused('no')), 'no'),
]
