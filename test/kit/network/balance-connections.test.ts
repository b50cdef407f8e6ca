import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { balanceConnections } from './balance-connections.ts'
import { answerAs, createCleanUp, refusing } from './testing/upstreams.ts'

const cleanUp = createCleanUp()
afterEach(cleanUp.run)

/** Opens connections one after the other, and says what each was told. */
async function tell(url: string, count: number): Promise<string[]> {
  const told: string[] = []
  for (let opened = 0; opened < count; opened += 1) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.end('hello')
    told.push(await text(socket))
  }
  return told
}

/** Says its name to everyone who connects. */
const sayName = (name: string) => createServer((socket) => void socket.end(name))

it('gives each connection to the next upstream, and passes over those that refuse', async () => {
  const [a, b, gone] = [
    await cleanUp.keep(sayName('a')),
    await cleanUp.keep(sayName('b')),
    await refusing(),
  ]
  const balancer = await balanceConnections([a, gone, b])
  cleanUp.defer(balancer.close)
  expect(await tell(balancer.url, 6)).toEqual(['a', 'b', 'b', 'a', 'b', 'b'])
  expect(await balancer.traffic()).toEqual({ upstreams: { [a]: 2, [b]: 4 }, answers: {} })
})

it('keeps a connection at its upstream', async () => {
  const upstreams = await Promise.all(['a', 'b'].map((name) => cleanUp.keep(answerAs(name))))
  const balancer = await balanceConnections(upstreams)
  cleanUp.defer(balancer.close)
  const socket = connect(Number(new URL(balancer.url).port), '127.0.0.1')
  const names: (string | undefined)[] = []
  for (let asked = 0; asked < 3; asked += 1) {
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    const [bytes] = await once(socket, 'data')
    names.push(/x-name: (\w)/.exec(String(bytes))?.[1])
  }
  socket.destroy()
  expect(names).toEqual(['a', 'a', 'a'])
})

it('resets a connection if all upstreams refuse, and ends it when its upstream goes', async () => {
  const balancer = await balanceConnections([await refusing()])
  cleanUp.defer(balancer.close)
  await expect(tell(balancer.url, 1)).rejects.toMatchObject({ code: 'ECONNRESET' })

  const server = createServer((socket) => void socket.once('data', () => socket.destroy()))
  const other = await balanceConnections([await cleanUp.keep(server)])
  cleanUp.defer(other.close)
  expect(await tell(other.url, 1)).toEqual([''])
})
