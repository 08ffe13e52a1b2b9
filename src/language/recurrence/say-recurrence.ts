import type { Language } from '../../domain/command-spec.ts'

const dayNames: Readonly<Record<Language, readonly string[]>> = {
  fr: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  en: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
}
const and: Readonly<Record<Language, string>> = { fr: ' et ', en: ' and ' }

/** A cron line that `readRecurrence` may give, in words that it reads back; `null` for other lines. */
export function sayRecurrence(cron: string, language: Language): string | null {
  const [minute = '', hour = '', monthDay = '', month = '', weekday = '', ...more] = cron.split(' ')
  if (more.length > 0 || month !== '*') return null
  const step = sayStep(minute, hour, language)
  if (step !== null) return monthDay === '*' && weekday === '*' ? step : null
  if (!/^\d{1,2}$/.test(minute) || !/^\d[\d,]*$/.test(hour)) return null
  const days = sayDays(monthDay, weekday, language)
  if (days === null) return null
  const times = hour.split(',').map((each) => sayTime(Number(each), Number(minute), language))
  return `${days} ${language === 'fr' ? 'à' : 'at'} ${times.join(and[language])}`
}

function sayStep(minute: string, hour: string, language: Language): string | null {
  const minutes = /^\*(?:\/(\d+))?$/.exec(minute)
  if (minutes && hour === '*') return sayEach(minutes[1], language, 'minute')
  const hours = /^\*(?:\/(\d+))?$/.exec(hour)
  return hours && minute === '0' ? sayEach(hours[1], language, language === 'fr' ? 'heure' : 'hour') : null
}

function sayEach(count: string | undefined, language: Language, unit: string): string {
  if (language === 'fr') return count ? `toutes les ${count} ${unit}s` : `toutes les ${unit}s`
  return count ? `every ${count} ${unit}s` : `every ${unit}`
}

function sayDays(monthDay: string, weekday: string, language: Language): string | null {
  const isFrench = language === 'fr'
  if (monthDay === '*' && weekday === '*') return isFrench ? 'tous les jours' : 'every day'
  if (monthDay === '*') {
    if (weekday === '1-5') return isFrench ? 'du lundi au vendredi' : 'every weekday'
    const names = weekday.split(',').map((day) => dayNames[language][Number(day)])
    if (names.includes(undefined)) return null
    return `${isFrench ? 'chaque' : 'every'} ${names.join(and[language])}`
  }
  if (weekday !== '*' || !/^\d[\d,]*$/.test(monthDay)) return null
  const days = monthDay.split(',').join(and[language])
  return isFrench ? `le ${days} du mois` : `on the ${days} of the month`
}

function sayTime(hour: number, minute: number, language: Language): string {
  const minutes = String(minute).padStart(2, '0')
  if (language === 'en') return `${hour}:${minutes}`
  return minute === 0 ? `${hour}h` : `${hour}h${minutes}`
}
