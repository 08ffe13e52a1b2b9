import type { IncomingMessage, ServerResponse } from 'node:http'
import { pictureType } from '../blocks/pictures.ts'
import type { Core } from '../core.ts'
import { largestFile } from '../methods/files.ts'
import { causeOf } from '../traces.ts'
import { firstPart, readBody } from './body.ts'
import { meetFault } from './faulty.ts'
import { json } from './respond.ts'

/** `POST /files/upload/F…` takes a file's content; `GET /files/F…/name` gives it to who holds a token. */
export async function serveFiles(core: Core, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, , first = '', second = ''] = new URL(request.url ?? '/', 'http://double').pathname.split('/')
  if (first === 'upload' && request.method === 'POST') return upload(core, second, request, response)
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const record = token ? core.installations.token(token) : undefined
  const file = core.files.get(first)
  if (!record || record.revoked) return void response.writeHead(302, { location: '/' }).end()
  if (!file?.content) return void response.writeHead(404).end()
  response.writeHead(200, {
    'content-type': pictureType(file.content) ?? 'text/plain; charset=utf-8',
    'content-length': file.content.length,
  })
  response.end(file.content)
}

async function upload(core: Core, id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const file = core.files.get(id)
  const body = await readBody(request, largestFile + 64 * 1024)
  const type = request.headers['content-type'] ?? ''
  const content = body && type.startsWith('multipart/form-data') ? firstPart(body, type) : body
  const fault = await meetFault(core, 'file upload')
  if (fault.isCut) return void response.destroy()
  if (fault.answer) return json(response, fault.answer.status, fault.answer.body, fault.answer.headers)
  const fits = file !== undefined && !file.shared && content?.length === file.size
  core.traces.add({
    at: core.now(),
    direction: 'from-nox',
    name: 'file upload',
    about: file?.name ?? id,
    status: fits ? 200 : file ? 400 : 404,
    ms: 0,
    request: `${content?.length ?? 0} bytes`,
    response: fits ? 'OK' : null,
    ...causeOf(request.headers),
  })
  if (!fits) return void response.writeHead(file ? 400 : 404, { 'content-type': 'text/plain' }).end('upload failed')
  core.files.fill(file, content)
  response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${content.length}`)
}
