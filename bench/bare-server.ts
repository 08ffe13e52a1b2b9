// The floor of a webhook: an HTTP server that reads the body and answers, and keeps nothing.
import { createServer } from 'node:http'

createServer((request, response) => {
  request.resume()
  request.on('end', () => response.writeHead(202).end())
}).listen(Number(process.env.PORT), '127.0.0.1')
