import type { JobState } from '../capabilities/clusters.ts'
import type { Answer } from '../domain/answer.ts'
import type { BackupTarget } from '../domain/catalogue.ts'
import type { Arguments } from '../domain/command-spec.ts'
import { NoxError } from '../errors.ts'
import { type Phrase, phrase, type Value } from '../texts/phrase.ts'
import { text } from './arguments.ts'
import type { Command, CommandContext, Knowledge, Outcome } from './command.ts'
import { findBackupTarget } from './find-target.ts'
import { cancelButton, progressAnswer, ringAfterMs } from './follow-rollout.ts'
import { backupWords } from './words/backup.ts'

const hour = 3_600_000

function targetOf(knowledge: Knowledge, args: Arguments): BackupTarget {
  const typed = text(args, 'target')
  const target = findBackupTarget(knowledge, typed)
  if (target) return target
  throw new NoxError('not-found', 'unknown backup target', {
    forPerson: phrase('question.unknownName.none', { typed }),
  })
}

const describe = (args: Arguments, knowledge: Knowledge) =>
  phrase('action.backup', { target: findBackupTarget(knowledge, text(args, 'target'))?.name ?? text(args, 'target') })

async function run(context: CommandContext, args: Arguments): Promise<Outcome> {
  const target = targetOf(context.knowledge, args)
  const action = describe(args, context.knowledge)
  const startedAt = context.action.startedAt ?? context.now()
  const { signal } = context
  const connection = await context.connect(target.clusterId)
  const running = phrase('state.running', { action })
  const step = (job: JobState) =>
    phrase('step.job', { job: job.name, elapsed: { kind: 'duration', ms: context.now() - startedAt } })
  const buttons = [cancelButton(context.action.id)]
  await context.step('step.start')
  let job = await context.clusters.startJob(connection, target.namespace, target.cronJob, context.action.id, { signal })
  context.progress(progressAnswer(running, [], step(job), buttons))
  for await (const state of context.clusters.watchJob(connection, target.namespace, job.name, { signal })) {
    job = state
    if (state.phase !== 'running') break
    context.progress(progressAnswer(running, [], step(state), buttons))
  }
  const elapsed = (job.finishedAt ?? context.now()) - (job.startedAt ?? startedAt)
  if (job.phase === 'done') {
    return { result: 'done', changed: true, answer: done(target, job, elapsed), ...ring(context, target, elapsed) }
  }
  return { result: 'failed', changed: true, answer: await failed(context, action, target, job) }
}

/** A line that rings the person, after a long wait only. */
function ring(context: CommandContext, target: BackupTarget, ms: number): { ring?: Phrase } {
  if (ms <= ringAfterMs) return {}
  const mention = { kind: 'mention', userId: context.action.userId } as const
  return { ring: phrase('backup.ring', { mention, target: target.name, duration: { kind: 'duration', ms } }) }
}

function done(target: BackupTarget, job: JobState, ms: number): Answer {
  const words = { target: target.name, duration: { kind: 'duration', ms } as const }
  const title =
    job.sizeBytes === null
      ? phrase('backup.done', words)
      : phrase('backup.done.size', { ...words, size: { kind: 'bytes', bytes: job.sizeBytes } })
  return { kind: 'outcome', title }
}

async function failed(context: CommandContext, action: Phrase, target: BackupTarget, job: JobState): Promise<Answer> {
  const why = job.failure
  const last = await context.lastDone('backup', target.name)
  const lines = [
    why === null
      ? phrase('backup.failed.plain', { job: job.name })
      : phrase('backup.failed', { job: job.name, why: inWords(why) }),
  ]
  if (last?.finishedAt) {
    lines.push(phrase('backup.last', { ago: { kind: 'time', at: last.finishedAt, as: 'ago' } }))
  }
  return {
    kind: 'outcome',
    title: phrase('state.failed', { action }),
    lines,
    ...(job.lines.length > 0 ? { output: { lines: job.lines } } : {}),
    buttons: [
      { label: phrase('button.retry'), does: { kind: 'order', command: 'backup', args: { target: target.name } } },
    ],
  }
}

/** `exit 2` in words; the cluster's own word otherwise. */
function inWords(why: string): Value {
  const code = /^exit (\d+)$/.exec(why)?.[1]
  return code === undefined ? { kind: 'code', text: why } : phrase('backup.exit', { code })
}

export const backup: Command = {
  words: backupWords,
  theme: 'backup',
  timeLimitMs: 6 * hour,
  example: (knowledge) => (knowledge.backupTargets[0] ? { target: knowledge.backupTargets[0].name } : null),
  subject(args, knowledge) {
    const target = findBackupTarget(knowledge, text(args, 'target'))
    return { environment: target?.environment ?? null, resources: [target?.name ?? text(args, 'target')] }
  },
  describe,
  run,
  async probe(context, args) {
    const target = targetOf(context.knowledge, args)
    const connection = await context.connect(target.clusterId)
    const job = await context.clusters.findJob(connection, target.namespace, context.action.id, {
      signal: context.signal,
    })
    if (!job) return 'not-started'
    return job.phase === 'running' ? 'in-progress' : 'done'
  },
}
