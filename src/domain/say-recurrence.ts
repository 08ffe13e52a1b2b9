import { type Phrase, phrase, type Value } from '../texts/phrase.ts'

/** A cron line in words: `tous les jours à 2h`; lines that no words of ours say are shown as they are. */
export function sayRecurrence(cron: string): Phrase {
  const [minute = '', hour = '', monthDay = '', month = '', weekday = '', ...more] = cron.split(' ')
  const asIs = phrase('recurrence.cron', { cron })
  if (more.length > 0 || month !== '*') return asIs
  const isDaily = monthDay === '*' && weekday === '*'
  const step = sayStep(minute, hour)
  if (step) return isDaily ? step : asIs
  if (!/^\d{1,2}$/.test(minute) || !/^\d[\d,]*$/.test(hour)) return asIs
  const days = sayDays(monthDay, weekday)
  if (!days) return asIs
  const times = hour.split(',').map((each) => sayTime(each, minute))
  return phrase('recurrence.at', { days, times: { kind: 'list', items: times } })
}

function sayStep(minute: string, hour: string): Phrase | null {
  const minutes = /^\*(?:\/(\d+))?$/.exec(minute)
  if (minutes && hour === '*') {
    return minutes[1] ? phrase('recurrence.minutes', { n: Number(minutes[1]) }) : phrase('recurrence.minute')
  }
  const hours = /^\*(?:\/(\d+))?$/.exec(hour)
  if (!hours || minute !== '0') return null
  return hours[1] ? phrase('recurrence.hours', { n: Number(hours[1]) }) : phrase('recurrence.hour')
}

function sayDays(monthDay: string, weekday: string): Phrase | null {
  if (monthDay === '*' && weekday === '*') return phrase('recurrence.daily')
  if (monthDay === '*') {
    if (weekday === '1-5') return phrase('recurrence.workdays')
    if (!/^[0-6](?:,[0-6])*$/.test(weekday)) return null
    const items = weekday.split(',').map((day): Value => phrase(`day.${(day === '0' ? 7 : Number(day)) as 1}`))
    return phrase('recurrence.weekly', { days: { kind: 'list', items } })
  }
  if (weekday !== '*' || !/^\d[\d,]*$/.test(monthDay)) return null
  const items = monthDay.split(',').map((day): Value => Number(day))
  return phrase('recurrence.monthly', { n: items.length, days: { kind: 'list', items } })
}

function sayTime(hour: string, minute: string): Phrase {
  if (Number(minute) === 0) return phrase('recurrence.oclock', { h: Number(hour) })
  return phrase('recurrence.time', { h: Number(hour), m: minute.padStart(2, '0') })
}
