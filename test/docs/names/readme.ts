export { getConnInfo } from '@hono/node-server/conninfo'
export { default as express } from 'express'
export { fastify } from 'fastify'
export { Hono } from 'hono'
