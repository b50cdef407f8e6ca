import { createServer } from 'node:http'
import { headway } from './headway'
import { builtPages, developmentPages } from './pages'

/* Serves the page and the gateway on one port. */

const port = Number(process.env.PORT ?? 3000)
const isDevelopment = process.argv.includes('--dev')

const { gateway } = await headway()
const server = createServer()
const pages = isDevelopment ? await developmentPages(server) : builtPages()
server.on('request', (request, response) => {
  gateway.node(request, response, () => pages(request, response))
})
server.listen(port, isDevelopment ? 'localhost' : undefined, () => {
  console.log(`http://localhost:${port}`)
})
