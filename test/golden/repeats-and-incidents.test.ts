import { describe, it } from 'vitest'
import { expectGolden, openStage, type Scene } from '../helpers/golden.ts'
import { people } from '../helpers/sandbox.ts'

const { alice, bob, carol } = people

/** Where a notification is cut depends on how long things took. */
const uncut = (scenes: readonly Scene[]): readonly Scene[] =>
  scenes.map(({ title, drawn }) => ({ title, drawn: drawn.replace(/^text: .*…/gm, 'text: …') }))

describe.each(['fr', 'en'] as const)('schedules and incidents in %s', (language) => {
  const said = (fr: string, en: string) => (language === 'fr' ? fr : en)

  it('tells of what repeats', async () => {
    const { ask, press, scenes, sandbox } = await openStage(50, language)
    await ask(carol, said('@NOX mes planifications', '@NOX my schedules'), /Aucune planification|No schedules/)
    const asked = await ask(
      carol,
      said('@NOX planifie backup base données client-Z tous les jours à 2h', '@NOX back up client-Z every day at 2am'),
      /✋/,
    )
    const made = await press(carol, asked.message, said('Planifier', 'Schedule'), /✅/)
    const n = /#(\d+)/.exec(made.text)?.[1] ?? ''
    await ask(
      bob,
      said('@NOX toutes les 15 minutes status user-api en staging', '@NOX every 15 minutes status user-api in staging'),
      /✅/,
    )
    await ask(alice, said('@NOX mes planifications', '@NOX my schedules'), /client-Z/)
    await press(carol, made, said(`Suspendre #${n}`, `Pause #${n}`), /⏸️ \*/)
    await ask(carol, said(`@NOX reprends la planification ${n}`, `@NOX resume schedule ${n}`), /▶️/)
    await ask(bob, said(`@NOX annule la planification ${n}`, `@NOX cancel schedule ${n}`), /Carol/)
    await ask(carol, said(`@NOX annule la planification ${n}`, `@NOX cancel schedule ${n}`), /⏹️/)
    await ask(carol, said(`@NOX annule la planification ${n}`, `@NOX cancel schedule ${n}`), /déjà|already/)
    await ask(bob, said('@NOX tous les jours à 9h approuve 42', '@NOX every day at 9am approve 42'), /⛔/)
    await ask(
      bob,
      said(
        '@NOX tous les jours à 9h redémarre user-api en staging',
        '@NOX every day at 9am restart user-api in staging',
      ),
      /⛔/,
    )
    await sandbox.stop()
    await expectGolden(`schedules.${language}`, uncut(scenes))
  })

  it('tells of an incident', async () => {
    const { ask, press, scenes, sandbox } = await openStage(50, language)
    await ask(bob, '@NOX incidents', /Aucun incident|No open/)
    await ask(
      carol,
      said('@NOX déploie user-api v2.4.0 en production', '@NOX deploy user-api v2.4.0 to production'),
      /✅ \*/,
    )
    const opened = await ask(
      bob,
      said(
        '@NOX déclare un incident sev1 service user-api paiement en panne',
        '@NOX declare a sev1 incident on user-api: payments fail',
      ),
      /🚨/,
    )
    const n = /INC-(\d+)/.exec(opened.message.text)?.[1] ?? ''
    await press(carol, opened.message, said('Prendre en charge', 'Take it'), /🙋/)
    await ask(carol, said('@NOX note incident on revient en arrière', '@NOX note incident we roll back'), /📝/)
    await ask(bob, said('@NOX acquitte', '@NOX ack'), /déjà|already|Aucun|No /)
    await ask(alice, `@NOX incident ${n}`, /Chronologie|Timeline/)
    await ask(carol, said(`@NOX résous l'incident ${n}`, `@NOX resolve incident ${n}`), /✅/)
    await ask(alice, '@NOX incident 99999', /INC-99999/)
    await sandbox.stop()
    await expectGolden(`incidents.${language}`, uncut(scenes))
  })
})
