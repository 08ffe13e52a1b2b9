import type { V1Deployment, V1Node, V1Pod } from '@kubernetes/client-node'
import type { TroubleListener } from '../../capabilities/cluster-trouble.ts'
import type { NoxError } from '../../errors.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { checkedName } from './names.ts'
import { ownText } from './own-text.ts'
import type { Session } from './session.ts'
import { TroubleBoard } from './trouble-board.ts'
import { type Evidence, evidenceOfDeployment, evidenceOfNode, evidenceOfPod, keyOf } from './watch-evidence.ts'
import { followResource, type Sent } from './watch-resource.ts'
import type { WatchTimes } from './watch-times.ts'

/** An id of Kubernetes has 36 characters. */
const longestUid = 100

/** More namespaces than these are watched as a whole cluster: each is two connections. */
const mostNamespaces = 6

interface Source {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly evidence: (object: Sent) => readonly Evidence[]
  /** May be missing: an account that sees only its namespaces can't see nodes. */
  readonly optional?: boolean
}

export interface WatchOfCluster {
  readonly cluster: string
  /** None = the whole cluster. */
  readonly namespaces: readonly string[]
  readonly listener: TroubleListener
  readonly times: WatchTimes
  readonly now: () => number
}

/** Watches pods, Deployments and nodes of a cluster, and tells what is wrong with them, until the signal ends it. */
export async function watchCluster(session: Session, watch: WatchOfCluster, signal: AbortSignal): Promise<void> {
  const { listener, times, now } = watch
  const board = new TroubleBoard(listener, times, now)
  const sources = sourcesOf(watch)
  let toList = sources.length
  let syncedAt: number | null = null
  const blindness = createBlindness(board, watch)

  const timer = setInterval(() => {
    board.tick()
    // What comes and goes has shown itself by then.
    if (syncedAt === null || now() - syncedAt < times.calm) return
    syncedAt = null
    listener.synced(board.told())
  }, times.tick)
  timer.unref()

  const follow = async (source: Source): Promise<void> => {
    const { path, query, evidence } = source
    let missing = new Set<string>()
    let isListed = false
    const listed = () => {
      if (isListed) return
      isListed = true
      toList -= 1
      if (toList === 0) syncedAt = now()
    }
    const show = (object: Sent) => {
      const uid = ownText(object.metadata?.uid ?? '', longestUid)
      missing.delete(uid)
      board.show(path, uid, evidence(object))
    }
    const onResource = {
      listing() {
        missing = board.held(path)
      },
      object: show,
      gone: (object: Sent) => board.gone(ownText(object.metadata?.uid ?? '', longestUid)),
      listed() {
        for (const uid of missing) board.gone(uid)
        missing.clear()
        listed()
      },
      failed(error: NoxError) {
        if (source.optional && error.code === 'forbidden') listed()
        else blindness.note(path, error)
      },
      fine: () => blindness.over(path),
    }
    await followResource(session, path, query, onResource, times, signal)
  }

  try {
    await Promise.all(sources.map(follow))
  } finally {
    clearInterval(timer)
  }
}

function sourcesOf({ namespaces, now }: WatchOfCluster): readonly Source[] {
  const isWhole = namespaces.length === 0 || namespaces.length > mostNamespaces
  const places = isWhole ? [''] : namespaces.map((name) => `/namespaces/${encodeURIComponent(checkedName(name))}`)
  const wanted = isWhole && namespaces.length > 0 ? new Set(namespaces) : null
  const mine = (object: { readonly metadata?: { readonly namespace?: string } }) =>
    wanted === null || wanted.has(object.metadata?.namespace ?? '')
  return [
    ...places.flatMap((place): Source[] => [
      {
        path: `/api/v1${place}/pods`,
        // What a Job left behind is of no interest, and there may be much of it.
        query: { fieldSelector: 'status.phase!=Succeeded' },
        evidence: (object) => (mine(object as V1Pod) ? evidenceOfPod(object as V1Pod, now()) : []),
      },
      {
        path: `/apis/apps/v1${place}/deployments`,
        query: {},
        evidence: (object) => (mine(object as V1Deployment) ? evidenceOfDeployment(object as V1Deployment) : []),
      },
    ]),
    { path: '/api/v1/nodes', query: {}, evidence: (object) => evidenceOfNode(object as V1Node), optional: true },
  ]
}

/** A watch that can't see is a trouble of its own. */
function createBlindness(board: TroubleBoard, { cluster, now }: WatchOfCluster) {
  const since = new Map<string, number>()
  const object = { kind: 'Cluster', namespace: null, name: cluster }
  return {
    note(path: string, error: NoxError): void {
      const began = since.get(path) ?? now()
      since.set(path, began)
      const sentence: Phrase = error.forPerson ?? phrase('error.cluster.silent')
      const clusterWord = error.code
      board.show('', path, [
        { key: keyOf(object, 'blind'), kind: 'blind', object, sentence, clusterWord, pod: null, since: began },
      ])
    },
    over(path: string): void {
      if (since.delete(path)) board.gone(path)
    },
  }
}
