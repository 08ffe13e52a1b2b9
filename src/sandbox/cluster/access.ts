/** What a token may do; `*` = everything. Nothing given = everything. */
export interface AccessRule {
  readonly namespaces: readonly string[]
  /** `deployments`, `pods/log`. */
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

export interface Account {
  readonly name: string
  readonly token: string
  /** Absent = cluster admin. */
  readonly rules?: readonly AccessRule[]
}

const has = (list: readonly string[], wanted: string) => list.includes('*') || list.includes(wanted)

/** Do the account's rules hold this? @param namespace absent = the whole cluster */
export function isAllowed(account: Account, verb: string, resource: string, namespace: string | undefined): boolean {
  if (!account.rules) return true
  return account.rules.some(
    (rule) => has(rule.verbs, verb) && has(rule.resources, resource) && has(rule.namespaces, namespace ?? '*'),
  )
}

/** How kube-apiserver words a refusal of RBAC. */
export function forbiddenMessage(
  account: Account,
  verb: string,
  resource: string,
  group: string,
  namespace: string | undefined,
  name: string | undefined,
): string {
  const [plural = ''] = resource.split('/')
  const kind = group === '' ? plural : `${plural}.${group}`
  const what = name === undefined ? kind : `${kind} "${name}"`
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`
  return `${what} is forbidden: User "system:serviceaccount:nox:${account.name}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`
}
