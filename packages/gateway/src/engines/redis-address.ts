import { isRecord } from '@headway/core/protocol'
import type { ConnectionOptions } from 'bullmq'

/**
 * The address of a Redis as a name for it, without user and password: `host:port/database`, the
 * master's name of a Sentinel, or the nodes of a cluster. Pure.
 */
export function redisAddress(connection: ConnectionOptions): string {
  const { startupNodes, options } = connection as Record<string, unknown>
  // [ioredis, Cluster] a client of a cluster keeps the addresses that it was given.
  if (Array.isArray(startupNodes)) return startupNodes.map(nodeAddress).sort().join(',')
  return nodeAddress(isRecord(options) ? options : connection)
}

function nodeAddress(node: unknown): string {
  if (typeof node === 'number') return `127.0.0.1:${node}`
  if (typeof node === 'string') return urlAddress(node)
  if (!isRecord(node)) return 'redis'
  const { url, path, host = '127.0.0.1', port = 6379, db = 0, sentinels, name } = node
  if (typeof url === 'string') return urlAddress(url)
  if (typeof path === 'string') return path
  if (Array.isArray(sentinels) && typeof name === 'string') return `${name}/${db}`
  return `${host}:${port}/${db}`
}

function urlAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url?.hostname) return text.replace(/^.*@/, '')
  return `${url.hostname}:${url.port || 6379}/${url.pathname.slice(1) || 0}`
}
