/** What an error is about, as kube-apiserver names it; `kind` is mostly the plural. */
export interface About {
  readonly name?: string | undefined
  readonly group?: string | undefined
  readonly kind?: string | undefined
}

/** A refusal as kube-apiserver words it: an object of the kind `Status`. */
export class ApiError extends Error {
  readonly code: number
  readonly reason: string
  readonly details: About

  constructor(code: number, reason: string, message: string, { name, group, kind }: About = {}) {
    super(message)
    this.code = code
    this.reason = reason
    this.details = { ...(name ? { name } : {}), ...(group ? { group } : {}), ...(kind ? { kind } : {}) }
  }

  get body(): object {
    const { code, reason, message, details } = this
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code }
  }
}

const called = (resource: string, group: string) => (group === '' ? resource : `${resource}.${group}`)

/** 404, in kube-apiserver's words. @param group empty = the core API */
export const notFound = (resource: string, group: string, name: string): ApiError =>
  new ApiError(404, 'NotFound', `${called(resource, group)} "${name}" not found`, { name, group, kind: resource })

/** 409 for a name that is taken. */
export const alreadyExists = (resource: string, group: string, name: string): ApiError =>
  new ApiError(409, 'AlreadyExists', `${called(resource, group)} "${name}" already exists`, {
    name,
    group,
    kind: resource,
  })

/** 409 for a `resourceVersion` that is not of now. */
export const conflict = (resource: string, group: string, name: string): ApiError => {
  const why = 'the object has been modified; please apply your changes to the latest version and try again'
  const message = `Operation cannot be fulfilled on ${called(resource, group)} "${name}": ${why}`
  return new ApiError(409, 'Conflict', message, { name, group, kind: resource })
}

/** @param why `spec.replicas: Invalid value: -1: must be …` */
export const invalid = (kind: string, group: string, name: string, why: string): ApiError =>
  new ApiError(422, 'Invalid', `${called(kind, group)} "${name}" is invalid: ${why}`, { name, group, kind })

/** 400 for what can't be read. */
export const badRequest = (message: string): ApiError => new ApiError(400, 'BadRequest', message)
