import { type AlertRoute, type AlertSettings, severities } from '../../../domain/alert.ts'
import { type Phrase, phrase } from '../../../texts/phrase.ts'
import type { FormField, FormView } from './form.ts'

const weekDays = [1, 2, 3, 4, 5, 6, 7] as const

const severityField = (values: readonly string[]): FormField => ({
  name: 'severities',
  label: phrase('field.alert.severities'),
  hint: phrase('field.alert.all'),
  optional: true,
  several: true,
  values,
  options: severities.map((value) => ({ label: phrase(`severity.${value}`), value })),
})

const text = (name: string, label: Phrase, value: string, hint?: Phrase, lines: 'one' | 'many' = 'one'): FormField => ({
  name,
  label,
  optional: true,
  lines,
  ...(value === '' ? {} : { value }),
  ...(hint ? { hint } : {}),
})

const peopleField = (name: string, label: Phrase, values: readonly string[]): FormField => ({
  name,
  label,
  optional: true,
  kind: 'people',
  values,
})

function hourFields(hours: AlertSettings['quiet'] | undefined): readonly FormField[] {
  const days = weekDays.map((day) => ({ label: phrase(`day.${day}`), value: String(day) }))
  const time = (name: 'from' | 'to'): FormField => ({
    name,
    label: phrase(`field.${name}`),
    kind: 'time',
    optional: true,
    ...(hours ? { value: hours[name] } : {}),
  })
  const chosen = (hours?.days ?? []).map(String)
  const field: FormField = {
    name: 'days',
    label: phrase('field.days'),
    hint: phrase('field.alert.days'),
    optional: true,
    several: true,
    options: days,
    values: chosen,
  }
  return [field, time('from'), time('to')]
}

/** A route: which alerts, where to. */
export function routeForm(
  route: AlertRoute | undefined,
  settings: AlertSettings,
  metadata: string,
  intro: readonly Phrase[],
): FormView {
  const labels = Object.entries(route?.labels ?? {}).map(([name, value]) => `${name}=${value}`)
  const rotas = settings.rotas.map(({ group }) => ({ label: group, value: group }))
  const rota: FormField = {
    name: 'rota',
    label: phrase('field.alert.rota'),
    optional: true,
    options: rotas,
    ...(route?.rota ? { value: route.rota } : {}),
  }
  return {
    callbackId: 'alerts.route',
    title: phrase(route ? 'modal.alert.route' : 'button.alert.route'),
    submit: phrase('button.save'),
    metadata,
    intro: [...intro, phrase('alerts.route.text')],
    fields: [
      { name: 'name', label: phrase('field.name'), ...(route ? { value: route.name } : {}) },
      severityField(route?.severities ?? []),
      text(
        'services',
        phrase('field.alert.services'),
        (route?.services ?? []).join(', '),
        phrase('field.alert.patterns'),
      ),
      text(
        'environments',
        phrase('field.alert.environments'),
        (route?.environments ?? []).join(', '),
        phrase('field.alert.environments.hint'),
      ),
      text('labels', phrase('field.alert.labels'), labels.join('\n'), phrase('field.alert.labels.hint'), 'many'),
      ...hourFields(route?.hours),
      {
        name: 'channel',
        label: phrase('field.alert.channel'),
        hint: phrase('field.channel.hint'),
        optional: true,
        kind: 'channel',
        ...(route?.channel ? { value: route.channel } : {}),
      },
      peopleField('people', phrase('field.alert.people'), route?.people ?? []),
      text('teams', phrase('field.alert.teams'), route?.teams ?? '', phrase('field.alert.teams.hint')),
      text('emails', phrase('field.alert.emails'), (route?.emails ?? []).join(', '), phrase('field.alert.emails.hint')),
      ...(rotas.length > 0 ? [rota] : []),
      {
        name: 'escalateAfter',
        label: phrase('field.alert.after'),
        hint: phrase('field.alert.after.hint'),
        optional: true,
        kind: 'number',
        ...(route?.escalateAfter ? { value: String(route.escalateAfter) } : {}),
      },
      peopleField('escalateTo', phrase('field.alert.to'), route?.escalateTo ?? []),
    ],
  }
}

/** Who is on call, day by day. */
export function rotaForm(group: string, settings: AlertSettings, metadata: string, intro: readonly Phrase[]): FormView {
  const rota = settings.rotas.find((each) => each.group === group)
  return {
    callbackId: 'alerts.rota',
    title: phrase(rota ? 'modal.alert.rota' : 'button.alert.rota'),
    submit: phrase('button.save'),
    metadata,
    intro: [...intro, phrase('alerts.rota.text')],
    fields: [
      {
        name: 'name',
        label: phrase('field.alert.group'),
        hint: phrase('field.alert.group.hint'),
        ...(rota ? { value: rota.group } : {}),
      },
      ...weekDays.map((day) =>
        peopleField(`day${day}`, phrase('field.day', { day: phrase(`day.${day}`) }), rota?.week[day - 1] ?? []),
      ),
    ],
  }
}

/** The quiet hours of a tenant, as they are now. */
export const quietForm = (settings: AlertSettings, metadata: string, intro: readonly Phrase[]): FormView => ({
  callbackId: 'alerts.quiet',
  title: phrase('modal.alert.quiet'),
  submit: phrase('button.save'),
  metadata,
  intro: [...intro, phrase('alerts.quiet.text')],
  fields: hourFields(settings.quiet),
})

/** What one person wants to be told of, as they chose it last. */
export function subscriptionForm(
  userId: string,
  settings: AlertSettings,
  metadata: string,
  intro: readonly Phrase[],
): FormView {
  const mine = settings.subscriptions.find((each) => each.userId === userId)
  const chosen = { ...severityField(mine?.severities ?? []), hint: phrase('field.alert.none') }
  return {
    callbackId: 'alerts.mine',
    title: phrase('modal.alert.mine'),
    submit: phrase('button.save'),
    metadata,
    intro: [...intro, phrase('alerts.mine.text')],
    fields: [
      chosen,
      text(
        'services',
        phrase('field.alert.services'),
        (mine?.services ?? []).join(', '),
        phrase('field.alert.patterns'),
      ),
    ],
  }
}
