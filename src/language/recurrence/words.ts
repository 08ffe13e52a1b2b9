const dayNames: readonly (readonly string[])[] = [
  ['dimanche', 'sunday', 'sun'],
  ['lundi', 'monday'],
  ['mardi', 'tuesday', 'tue', 'tues'],
  ['mercredi', 'wednesday', 'wed'],
  ['jeudi', 'thursday', 'thu', 'thur', 'thurs'],
  ['vendredi', 'friday', 'fri'],
  ['samedi', 'saturday', 'sat'],
]

/** Days of the week by name, singular and plural; Sunday is 0. `mon` is missing: it is French for "my". */
export const weekdays: ReadonlyMap<string, number> = new Map(
  dayNames.flatMap((names, day) =>
    names.flatMap((name): [string, number][] => [
      [name, day],
      [`${name}s`, day],
    ]),
  ),
)

export const workdays: ReadonlySet<string> = new Set(['weekday', 'weekdays', 'workday', 'workdays'])
export const weekends: ReadonlySet<string> = new Set(['weekend', 'weekends', 'week-end', 'week-ends'])

/** Parts of a day, and the first hour that, said with them, means the evening: `every evening at 8`. */
export const dayParts: ReadonlyMap<string, number | null> = new Map([
  ...parts(null, 'matin', 'matins', 'morning', 'mornings'),
  ...parts(1, 'soir', 'soirs', 'evening', 'evenings', 'afternoon', 'afternoons', 'apres-midi'),
  ...parts(7, 'nuit', 'nuits', 'night', 'nights'),
])

/** What comes once a day. */
export const days: ReadonlySet<string> = new Set([
  ...['jour', 'jours', 'day', 'days', 'midi', 'midis', 'noon'],
  ...dayParts.keys(),
])

export const timePrepositions: ReadonlySet<string> = new Set(['a', 'at', 'vers', 'around', 'des'])

/** Words that begin a recurrence for certain. */
export const everyWords: ReadonlySet<string> = new Set(['chaque', 'every', 'each', 'tous', 'toutes'])

/** Words that a recurrence may begin with. */
export const openings: ReadonlySet<string> = new Set([
  ...everyWords,
  ...timePrepositions,
  ...weekdays.keys(),
  ...workdays,
  ...weekends,
  ...['daily', 'weekly', 'monthly', 'hourly', 'quotidiennement', 'hebdomadairement', 'mensuellement'],
  ...['le', 'les', 'du', 'on', 'the', 'en', 'from'],
])

/** Words that a recurrence is told with, for typos. */
export const recurrenceWords: readonly string[] = [
  ...weekdays.keys(),
  ...workdays,
  ...weekends,
  ...days,
  ...['semaine', 'week', 'month', 'heure', 'heures', 'hour', 'hours', 'minute', 'minutes'],
]

function parts(from: number | null, ...words: readonly string[]): [string, number | null][] {
  return words.map((word) => [word, from])
}
