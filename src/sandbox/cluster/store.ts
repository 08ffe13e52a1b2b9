import { randomUUID } from 'node:crypto'
import type { AnyObject, Kind, Meta, Objects } from './objects.ts'

export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly version: number
  readonly object: AnyObject
  /** As it was before; absent = it is new. */
  readonly before?: AnyObject
}

/** Changes that a watch may still begin at; an older resource version is gone (410). */
const keptChanges = 2_000

const apiVersions: Record<Kind, string> = {
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  Pod: 'v1',
  Node: 'v1',
  Namespace: 'v1',
  Event: 'v1',
}

/** The objects of one cluster with their resource versions, and what changed lately, for watches. */
export class Store {
  readonly #objects = new Map<string, AnyObject>()
  readonly #listeners = new Set<(change: Change) => void>()
  /** Each object as its last change left it: objects are changed in place. */
  readonly #last = new Map<string, AnyObject>()
  #changes: Change[] = []
  #version = 1_000
  /** Changes up to this version are no longer known. */
  #forgotten = 1_000
  /** Clock of the cluster, ms. */
  readonly now: () => number

  constructor(now: () => number) {
    this.now = now
  }

  get version(): number {
    return this.#version
  }

  get time(): string {
    return new Date(this.now()).toISOString().replace(/\.\d+Z$/, 'Z')
  }

  list<K extends Kind>(kind: K, namespace?: string): Objects[K][] {
    return [...this.#objects.values()].filter(
      (object): object is Objects[K] =>
        object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace),
    )
  }

  all(): AnyObject[] {
    return [...this.#objects.values()]
  }

  get<K extends Kind>(kind: K, namespace: string | undefined, name: string): Objects[K] | undefined {
    return this.#objects.get(keyOf(kind, namespace, name)) as Objects[K] | undefined
  }

  /** Adds an object; uid, versions and times are given to it here. */
  add<K extends Kind>(
    kind: K,
    object: Omit<Objects[K], 'apiVersion' | 'kind' | 'metadata'> & { metadata: Partial<Meta> & { name: string } },
  ): Objects[K] {
    const metadata: Meta = {
      ...object.metadata,
      uid: randomUUID(),
      creationTimestamp: object.metadata.creationTimestamp ?? this.time,
      resourceVersion: '0',
    }
    const full = { ...object, apiVersion: apiVersions[kind], kind, metadata } as unknown as Objects[K]
    this.#objects.set(keyOf(kind, metadata.namespace, metadata.name), full)
    this.#record('ADDED', full)
    return full
  }

  /** Tells the watchers that an object was changed in place. */
  touch(object: AnyObject): void {
    this.#record('MODIFIED', object)
  }

  remove(object: AnyObject): void {
    this.#objects.delete(keyOf(object.kind, object.metadata.namespace, object.metadata.name))
    this.#record('DELETED', object)
  }

  /** Changes after a resource version; `null` = they are no longer known. */
  since(version: number): readonly Change[] | null {
    if (version < this.#forgotten) return null
    return this.#changes.filter((change) => change.version > version)
  }

  /** Forgets all changes so far, as etcd does when it is compacted: watches and pages of before are answered with 410. */
  compact(): void {
    this.#changes = []
    // etcd's version rises with leases and other things that nobody lists.
    this.#version += 1
    this.#forgotten = this.#version
  }

  /** Whether a page of a list may still be asked for. */
  isKnown(version: number): boolean {
    return version >= this.#forgotten
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #record(type: Change['type'], object: AnyObject): void {
    this.#version += 1
    object.metadata.resourceVersion = String(this.#version)
    const key = keyOf(object.kind, object.metadata.namespace, object.metadata.name)
    const before = this.#last.get(key)
    const change: Change = {
      type,
      version: this.#version,
      object: structuredClone(object),
      ...(before ? { before } : {}),
    }
    if (type === 'DELETED') this.#last.delete(key)
    else this.#last.set(key, change.object)
    this.#changes.push(change)
    if (this.#changes.length > keptChanges) {
      this.#changes = this.#changes.slice(-keptChanges / 2)
      this.#forgotten = (this.#changes[0]?.version ?? this.#version) - 1
    }
    for (const listener of this.#listeners) listener(change)
  }
}

const keyOf = (kind: Kind, namespace: string | undefined, name: string) => `${kind}/${namespace ?? ''}/${name}`
