import { channelIn } from '../../capabilities/hooks.ts'
import { isMailAddress } from '../../capabilities/mail.ts'
import {
  type AlertHours,
  type AlertRoute,
  type AlertSettings,
  type AlertSubscription,
  type Rota,
  severities,
} from '../../domain/alert.ts'
import { mostOnCall } from '../../domain/on-call.ts'
import { type Phrase, phrase } from '../../texts/phrase.ts'
import { type Checked, type Form, failed, listOf, nameProblem, problems, textOf } from '../administration/form.ts'

/** A tenant keeps at most so many. */
export const mostRoutes = 50
export const mostRotas = 20
const mostPatterns = 50
const longestPattern = 100
const mostPeople = mostOnCall
/** Minutes. */
const longestWait = 24 * 60

const severitiesOf = (form: Form) => severities.filter((each) => listOf(form, 'severities').includes(each))

const patternProblem = (patterns: readonly string[]): Phrase | null =>
  patterns.length > mostPatterns || patterns.some((each) => each.length > longestPattern)
    ? phrase('form.alert.patterns')
    : null

/** `team=blue`, one a line; `null` = a line is something else. */
function labelsOf(text: string): Readonly<Record<string, string>> | null {
  const lines = text.split(/[\n,]/).map((line) => line.trim())
  const pairs = lines.filter((line) => line !== '').map((line) => /^([\w.:/-]{1,60})\s*=\s*(\S.{0,119})$/.exec(line))
  if (pairs.length > mostPatterns || pairs.some((pair) => pair === null)) return null
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2]?.trim() ?? '']))
}

/** Hours; `null` = none were given, `false` = only one end was. */
function hoursOf(form: Form): AlertHours | null | false {
  const from = textOf(form, 'from')
  const to = textOf(form, 'to')
  if (from === '' && to === '') return null
  const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
  if (!isTime(from) || !isTime(to) || from === to) return false
  const days = listOf(form, 'days')
    .map(Number)
    .filter((day) => Number.isInteger(day) && day >= 1 && day <= 7)
  return { days, from, to }
}

/** A route that leads somewhere. @param id the route that is edited, whose own name is not taken */
export function checkRoute(form: Form, id: string, { routes, rotas }: AlertSettings): Checked<AlertRoute> {
  const name = textOf(form, 'name')
  const taken = routes.filter((each) => each.id !== id).map((each) => each.name)
  const typed = textOf(form, 'channel')
  const channel = typed === '' ? null : channelIn(typed)
  const people = listOf(form, 'people')
  const escalateTo = listOf(form, 'escalateTo')
  const rota = rotas.find(({ group }) => group === textOf(form, 'rota'))?.group ?? null
  const labels = labelsOf(textOf(form, 'labels'))
  const hours = hoursOf(form)
  const wait = textOf(form, 'escalateAfter')
  const minutes = wait === '' ? null : Number(wait)
  const isWait = minutes === null || (Number.isInteger(minutes) && minutes >= 1 && minutes <= longestWait)
  const services = listOf(form, 'services')
  const environments = listOf(form, 'environments')
  const emails = listOf(form, 'emails')
  const teams = textOf(form, 'teams') || null
  const isNowhere = emails.length === 0 && teams === null && channel === null && people.length === 0 && rota === null
  const isAlone = minutes !== null && escalateTo.length === 0 && rota === null
  const wrong = problems({
    name: nameProblem(name, taken),
    services: patternProblem(services),
    environments: patternProblem(environments),
    labels: labels === null ? phrase('form.labels') : null,
    from: hours === false ? phrase('form.hours') : null,
    channel: typed !== '' && channel === null ? phrase('hook.channel.id') : isNowhere ? phrase('form.nowhere') : null,
    people: people.length > mostPeople ? phrase('form.people') : null,
    emails: emails.length > mostPeople || !emails.every(isMailAddress) ? phrase('form.alert.emails') : null,
    teams: teams !== null && teams.length > longestPattern ? phrase('form.alert.teams') : null,
    escalateAfter: isWait ? null : phrase('form.minutes'),
    escalateTo: escalateTo.length > mostPeople ? phrase('form.people') : isAlone ? phrase('form.escalateTo') : null,
  })
  if (wrong || labels === null || hours === false) return failed(wrong ?? {})
  const to = { channel, emails, teams, people, rota, escalateAfter: minutes, escalateTo }
  return { ok: true, value: { id, name, severities: severitiesOf(form), services, environments, labels, hours, ...to } }
}

export const weekDays = ['day1', 'day2', 'day3', 'day4', 'day5', 'day6', 'day7'] as const

/** @param sizeOf how many of a group of the team could be on call as a whole */
export function checkRota(
  form: Form,
  group: string,
  { rotas }: AlertSettings,
  sizeOf: (group: string) => number,
): Checked<Rota> {
  const name = textOf(form, 'name')
  const taken = rotas.map((each) => each.group).filter((each) => each !== group)
  const week = weekDays.map((day) => listOf(form, day))
  const size = sizeOf(name)
  const isEmpty = week.every((day) => day.length === 0)
  const isTooMany = week.some((day) => day.length > mostPeople) || (isEmpty && size > mostOnCall)
  const wrong = problems({
    name: nameProblem(name, taken),
    day1: isEmpty && size === 0 ? phrase('form.rota.empty') : isTooMany ? phrase('form.people') : null,
  })
  return wrong ? failed(wrong) : { ok: true, value: { group: name, week } }
}

/** Quiet hours; `null` = both ends were left empty, and there are none. */
export function checkQuiet(form: Form): Checked<AlertHours | null> {
  const hours = hoursOf(form)
  return hours === false ? failed({ from: phrase('form.hours') }) : { ok: true, value: hours }
}

/** `null` = nothing is to be told. */
export function checkSubscription(form: Form, userId: string): Checked<AlertSubscription | null> {
  const services = listOf(form, 'services')
  const wrong = problems({ services: patternProblem(services) })
  if (wrong) return failed(wrong)
  const chosen = severitiesOf(form)
  return { ok: true, value: chosen.length === 0 ? null : { userId, severities: chosen, services } }
}
