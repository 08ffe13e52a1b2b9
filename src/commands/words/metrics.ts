import type { ArgumentSpec, CommandWords } from '../../domain/command-spec.ts'
import { allOf } from './phrases.ts'
import { environment, monitoringSource, required, service, since } from './shared-arguments.ts'

const query: ArgumentSpec = { name: 'query', kind: 'quoted', nouns: { fr: ['requête'], en: ['query'] } }

const metric: ArgumentSpec = {
  name: 'metric',
  kind: 'choice',
  nouns: { fr: ['métrique'], en: ['metric'] },
  choices: {
    cpu: { fr: ['cpu', 'processeur'], en: ['cpu'] },
    memory: { fr: ['mémoire', 'ram'], en: ['memory', 'ram', 'mem'] },
    errors: { fr: ['erreurs', "taux d'erreur"], en: ['errors', 'error rate'] },
    latency: { fr: ['latence', 'temps de réponse'], en: ['latency', 'response time'] },
    requests: { fr: ['requêtes', 'trafic'], en: ['requests', 'traffic', 'throughput'] },
  },
}

const meanings = {
  cpu: ['cpu', 'processeur', 'conso cpu', 'consommation cpu', 'utilisation cpu', 'usage cpu', 'charge cpu'],
  memory: ['mémoire', 'ram', 'conso mémoire', 'consommation mémoire', 'utilisation mémoire', 'conso ram'],
  latency: ['latence', 'temps de réponse', 'latence p95', 'latence p99'],
  errors: ["taux d'erreur", "taux d'erreurs", 'erreurs par minute', 'erreurs par seconde'],
  requests: ['requêtes', 'nombre de requêtes', 'requêtes par seconde', 'requêtes par minute', 'trafic'],
}

const english = {
  cpu: ['cpu', 'cpu usage', 'cpu load'],
  memory: ['memory', 'ram', 'memory usage', 'ram usage', 'mem'],
  latency: ['latency', 'response time', 'response times', 'p95', 'p99', 'p95 latency', 'p99 latency', 'latencies'],
  errors: ['error rate', 'errors per minute', 'errors per second'],
  requests: [
    'requests',
    'requests per second',
    'requests per minute',
    'number of requests',
    'request rate',
    'traffic',
    'throughput',
    'rps',
  ],
}

/** The words of `metrics`. */
export const metricsWords: CommandWords = {
  name: 'metrics',
  action: 'metrics',
  effect: 'read',
  arguments: [{ ...required(service), unless: ['query'] }, query, environment, metric, since, monitoringSource],
  words: {
    fr: [
      'métriques',
      'métrique',
      'mesures',
      'graphes',
      'graphiques',
      ...meanings.cpu,
      ...meanings.memory,
      ...meanings.latency,
      ...meanings.errors,
      ...meanings.requests,
    ],
    en: [
      'metrics',
      'metric',
      'graphs',
      ...english.cpu,
      ...english.memory,
      ...english.latency,
      ...english.errors,
      ...english.requests,
    ],
  },
  implies: {
    ...allOf([...meanings.cpu, ...english.cpu], { metric: 'cpu' }),
    ...allOf([...meanings.memory, ...english.memory], { metric: 'memory' }),
    ...allOf([...meanings.latency, ...english.latency], { metric: 'latency' }),
    ...allOf([...meanings.errors, ...english.errors], { metric: 'errors' }),
    ...allOf([...meanings.requests, ...english.requests], { metric: 'requests' }),
  },
}
