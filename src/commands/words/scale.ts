import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { ordersOf, phrases } from './phrases.ts'
import { cluster, environment, required, service } from './shared-arguments.ts'

const replicas: ArgumentSpec = {
  name: 'replicas',
  kind: 'count',
  nouns: {
    fr: ['réplicas', 'réplica', 'replicas', 'replica', 'instances', 'instance', 'pods', 'pod'],
    en: ['replicas', 'replica', 'instances', 'instance', 'pods', 'pod', 'copies'],
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
      'scale',
      ...ordersOf('scal'),
      ...phrases(
        [
          'passe',
          'passer',
          'passez',
          'mets',
          'mettre',
          'mettez',
          'monte',
          'monter',
          'montez',
          'descends',
          'descendre',
          'ramène',
          'ramener',
          'fixe',
          'règle',
        ],
        ['{count}', '… à {count}', '… {count}'],
      ),
      ...ordersOf('augment'),
      'réduis',
      'réduire',
      'ajuste',
      'ajuster',
    ],
    en: [
      'scale',
      'scale up',
      'scale down',
      'scale out',
      'upscale',
      'downscale',
      'resize',
      'rescale',
      'set replicas',
      'set … to {count}',
      'bump … to {count}',
      'increase … to {count}',
      'reduce … to {count}',
      'run {count}',
    ],
  },
}
