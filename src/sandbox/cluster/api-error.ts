/** A refusal as kube-apiserver words it: an object of the kind `Status`. */
export class ApiError extends Error {
  readonly code: number
  readonly reason: string
  readonly details: { readonly name?: string; readonly kind?: string }

  constructor(code: number, reason: string, message: string, details: { name?: string; kind?: string } = {}) {
    super(message)
    this.code = code
    this.reason = reason
    this.details = details
  }

  get body(): object {
    const { code, reason, message, details } = this
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code }
  }
}

export const notFound = (resource: string, group: string, name: string): ApiError => {
  const kind = group === '' ? resource : `${resource}.${group}`
  return new ApiError(404, 'NotFound', `${kind} "${name}" not found`, { name, kind: resource })
}

export const alreadyExists = (resource: string, group: string, name: string): ApiError => {
  const kind = group === '' ? resource : `${resource}.${group}`
  return new ApiError(409, 'AlreadyExists', `${kind} "${name}" already exists`, { name, kind: resource })
}

export const conflict = (resource: string, group: string, name: string): ApiError => {
  const kind = group === '' ? resource : `${resource}.${group}`
  const why = 'the object has been modified; please apply your changes to the latest version and try again'
  return new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${kind} "${name}": ${why}`, {
    name,
    kind: resource,
  })
}

export const badRequest = (message: string): ApiError => new ApiError(400, 'BadRequest', message)
