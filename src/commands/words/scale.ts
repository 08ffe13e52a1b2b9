import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf } from './phrases.ts'
import { cluster, environment, required, service } from './shared-arguments.ts'

const replicas: ArgumentSpec = {
  name: 'replicas',
  kind: 'count',
  nouns: {
    fr: ['réplicas', 'réplica', 'replicas', 'instances', 'instance', 'pods', 'pod'],
    en: ['replicas', 'replica', 'instances', 'instance', 'pods', 'pod'],
  },
}

/** The words of `scale`. */
export const scaleWords: CommandWords = {
  name: 'scale',
  action: 'scale',
  effect: 'write',
  arguments: [required(service), required(replicas), environment, cluster],
  words: {
    fr: [
      ...ordersOf('scal'),
      'scale',
      'passe',
      'passer',
      'passez',
      'mets',
      'mettre',
      'mettez',
      'monte',
      'monter',
      'descends',
      'descendre',
      'augmente',
      'réduis',
    ],
    en: ['scale', 'scale up', 'scale down', 'upscale', 'downscale', 'resize'],
  },
}
