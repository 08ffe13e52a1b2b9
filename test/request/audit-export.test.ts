import { expect, it } from 'vitest'
import type { AuditRecord } from '../../src/domain/audit-record.ts'
import { type ExportReader, writeExport } from '../../src/request/governance/audit-export.ts'

const record = (over: Partial<AuditRecord> = {}) =>
  ({
    ...{ tenantId: 't', seq: 1, at: Date.UTC(2026, 10, 27, 23, 5, 3), actor: 'U1', command: 'deploy' },
    ...{ environment: 'production', resource: 'user-api', result: 'refused', details: {}, actionId: null },
    ...{ actionNumber: 42, text: '', previousHash: '', hash: 'h' },
    ...over,
  }) as AuditRecord
const reader = (language: ExportReader['language']): ExportReader => ({
  language,
  timeZone: 'Europe/Paris',
  names: new Map([['U1', 'Zoé; Léa']]),
})
const linesOf = (language: ExportReader['language'], ...records: readonly AuditRecord[]) =>
  writeExport(records, reader(language), 'csv').split('\r\n')

it.each(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'])(
  'a cell that begins with %j is no formula',
  (mark) => {
    const csv = writeExport([record({ resource: `${mark}1+1` })], reader('en'), 'csv')
    expect(csv).toMatch(/,"?'[=+\-@＝＋－＠\t\r\n]1\+1"?,42,/u)
  },
)

it.each(['\t', ';', ','])('a cell is one, whatever a spreadsheet takes for its end: %j', (end) => {
  const csv = writeExport([record({ resource: `a${end}=1+1` })], reader('en'), 'csv')
  expect(csv).toContain(`,"a${end}=1+1",42,`)
})

it('opens in a spreadsheet of the reader’s language: its separator, UTF-8, their words, the tenant’s hours', () => {
  const [head, row, end] = linesOf('fr', record())
  expect(head).toBe(
    '\ufeffN°;Date (Europe/Paris);Date UTC;Personne;Identifiant Slack;Quoi;Résultat;Commande;Environnement;Ressource;Action n°;Détails;Empreinte',
  )
  expect(row).toBe(
    '1;2026-11-28 00:05:03;2026-11-27T23:05:03.000Z;"Zoé; Léa";U1;déployer user-api en production;refusé;deploy;production;user-api;42;;h',
  )
  expect(end).toBe('')
  const [english, values] = linesOf('en', record({ details: { version: 'v2', group: null } }))
  expect(english).toMatch(/^\ufeffNo\.,Date \(Europe\/Paris\),Date UTC,Person,Slack ID,What,Result,/)
  expect(values).toContain(',refused,deploy,production,user-api,42,"{""version"":""v2""}",h')
})
