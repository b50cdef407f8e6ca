import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guard } from '../processes/guard.ts'
import { type Balancer, countTraffic, type Traffic } from './balancer.ts'
import { freePort } from './free-port.ts'

/** Debian keeps it where a plain user's path does not lead. */
const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }

/** Whether nginx is installed here. */
export const hasNginx = spawnSync('nginx', ['-v'], { env }).status === 0

/** Options of {@link startNginx}. */
export interface NginxOptions {
  /** The origins of the servers. */
  upstreams: readonly string[]
  /** Speaks HTTP/2 over TLS, as browsers do. Default: HTTP/1.1. */
  http2?: { key: string; cert: string }
}

/**
 * Starts an nginx on a free port, which gives each request to the next upstream. It is configured
 * as docs/production.md shows it, but without `proxy_buffering off`: the header
 * `X-Accel-Buffering: no` of an answer has to be enough.
 */
export async function startNginx({ upstreams, http2 }: NginxOptions): Promise<Balancer> {
  const folder = await mkdtemp(join(tmpdir(), 'headway-nginx-'))
  const port = await freePort()
  if (http2) {
    await writeFile(join(folder, 'key.pem'), http2.key, { mode: 0o600 })
    await writeFile(join(folder, 'cert.pem'), http2.cert)
  }
  const hosts = upstreams.map((origin) => new URL(origin).host)
  await writeFile(join(folder, 'nginx.conf'), config({ port, hosts, isHttp2: http2 !== undefined }))
  const child = spawn('nginx', ['-p', folder, '-c', 'nginx.conf', '-e', 'error.log'], {
    env,
    stdio: 'ignore',
  })
  child.on('error', () => undefined)
  if (child.pid === undefined) throw new Error('nginx is not installed: see hasNginx')
  const isGone = guard(child.pid, folder)
  while (!(await listens(port, child)));
  return {
    url: `${http2 ? 'https' : 'http'}://localhost:${port}`,
    traffic: async () => readTraffic(await readFile(join(folder, 'access.log'), 'utf8')),
    async close() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      isGone()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** One process without a master, so that it runs as the user who starts it. */
function config(server: { port: number; hosts: string[]; isHttp2: boolean }): string {
  const { port, hosts, isHttp2 } = server
  return `daemon off;
master_process off;
pid nginx.pid;
events { worker_connections 2048; }
http {
  log_format passed '$upstream_addr|$request_method|$uri|$status';
  access_log access.log passed;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`).join('\n  ')}
  upstream headway {
    ${hosts.map((host) => `server ${host};`).join('\n    ')}
    keepalive 64;
  }
  server {
    listen 127.0.0.1:${port}${isHttp2 ? ' ssl http2' : ''};
    ${isHttp2 ? 'ssl_certificate cert.pem;\n    ssl_certificate_key key.pem;' : ''}
    location /_api/ {
      proxy_pass http://headway;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_read_timeout 60s;
      client_max_body_size 21m;
    }
  }
}
`
}

/** A line names several upstreams if the first ones refused: the last one has answered. */
function readTraffic(log: string): Traffic {
  const counter = countTraffic()
  for (const line of log.split('\n').filter(Boolean)) {
    const [addresses = '', method = '', url = '', status] = line.split('|')
    const host = addresses.split(', ').at(-1)
    if (host?.includes(':')) counter.sent(`http://${host}`)
    counter.answered(method, url, Number(status))
  }
  return counter.traffic
}

async function listens(port: number, { exitCode }: ChildProcess): Promise<boolean> {
  if (exitCode !== null) throw new Error(`nginx ended with ${exitCode}`)
  const socket = connect(port, '127.0.0.1')
  return new Promise((resolve) => {
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}
