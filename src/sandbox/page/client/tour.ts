import { typeIntoComposer } from './composer.ts'
import type { Ui } from './context.ts'
import { html, icon } from './html.ts'

interface Step {
  readonly user: string
  readonly fr: readonly [title: string, text: string]
  readonly en: readonly [title: string, text: string]
  readonly says: string
}

/** What to try, in the order of a working day. */
const steps: readonly Step[] = [
  {
    user: 'U0BOB',
    fr: ['Déployer en staging', 'Bob en a le droit. Un seul message se met à jour pendant que les pods roulent.'],
    en: ['Deploy to staging', 'Bob may deploy here. Watch one message update itself as the pods roll.'],
    says: '@NOX déploie user-api branche feature/auth en staging',
  },
  {
    user: 'U0BOB',
    fr: [
      'Demander la production',
      'Bob est développeur : refusé, avec la raison. Il peut demander une validation ; Carol l’accorde dans le fil.',
    ],
    en: [
      'Ask for production',
      'Bob is a developer: refused, with the reason. He may ask for approval; Carol gives it in the thread.',
    ],
    says: '@NOX déploie user-api v2.4.0 en production',
  },
  {
    user: 'U0BOB',
    fr: ['Lire les logs', 'Les dernières lignes dans le fil, tout le reste dans un fichier.'],
    en: ['Read the logs', 'The last lines in the thread, all the rest in a file.'],
    says: '@NOX affiche logs du service user-api',
  },
  {
    user: 'U0BOB',
    fr: ['Regarder le cluster', 'Nœuds, Deployments, et ce qui ne va pas, avec la cause.'],
    en: ['Look at the cluster', 'Nodes, Deployments, and what is unhealthy, with its cause.'],
    says: '@NOX status cluster kubernetes',
  },
  {
    user: 'U0CAROL',
    fr: ['Sauvegarder', 'Carol est senior : un Job part, sa fin est racontée.'],
    en: ['Back up', 'Carol is a senior: a Job starts, and its end is told.'],
    says: '@NOX backup base données client-Z',
  },
  {
    user: 'U0ALICE',
    fr: ['Administrer', 'Alice ouvre NOX, onglet Accueil : clusters, catalogue, droits.'],
    en: ['Administer', 'Alice opens NOX, tab Home: clusters, catalogue, rights.'],
    says: '@NOX audit',
  },
]

/** A card that types for people; it covers nothing. */
export function Tour({ ui }: { ui: Ui }) {
  const { tour, lang, team } = ui.model
  const step = tour === null || team !== 'T0SOCIETEX' ? undefined : steps[tour]
  if (tour === null || !step) return html`<span></span>`
  const [title, text] = step[lang]
  const type = () => {
    if (ui.model.user !== step.user) location.hash = `#${team}/${step.user}/C0DEVOPS`
    else ui.open('C0DEVOPS', null)
    setTimeout(() => typeIntoComposer(step.says), 400)
  }
  const on = (now: number) => ui.store.set({ tour: now < steps.length ? now : null })
  return html`<section class="tour" aria-label=${ui.t('tour')}>
    <div class="tour-h"><span>${ui.t('step', { n: tour + 1, total: steps.length })}</span><button type="button" class="ib" aria-label=${ui.t('close')} onClick=${() => ui.store.set({ tour: null })}>${icon('x')}</button></div>
    <h3>${title}</h3><p>${text}</p>
    <div class="segs" aria-hidden="true">${steps.map((_, index) => html`<i class=${index <= tour ? 'seg-on' : ''}></i>`)}</div>
    <div class="tour-f"><button type="button" class="btn-moon" onClick=${type}>${ui.t('typeIt')}</button><button type="button" class="btn-ghost" onClick=${() => on(tour + 1)}>${ui.t('skip')}</button></div>
  </section>`
}
