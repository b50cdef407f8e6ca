import { createGateway, stopOnSignals } from '@headway/gateway'
import express from 'express'
import { app, port, worker } from './app.js'

const gateway = await createGateway(app)
export type Api = typeof gateway.api

express()
  .use(gateway.node)
  .use(express.json())
  .get('/', (_request, response) => {
    response.send('express')
  })
  .listen(port)
stopOnSignals({ gateway, worker, drainMs: 100 })
