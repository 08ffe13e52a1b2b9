const numerals: ReadonlyMap<string, number> = new Map([
  ...count('zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'),
  ...count('zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen'),
  ['une', 1],
  ['vingt', 20],
  ['twenty', 20],
  ['trente', 30],
  ['thirty', 30],
  ['quarante', 40],
  ['forty', 40],
  ['cinquante', 50],
  ['fifty', 50],
  ['cent', 100],
  ['hundred', 100],
  ['mille', 1000],
  ['thousand', 1000],
])

function count(words: string): [string, number][] {
  return words.split(' ').map((word, index) => [word, index])
}

/** A whole number in digits, `null` otherwise. */
export const readDigits = (word: string): number | null => (/^\d{1,9}$/.test(word) ? Number(word) : null)

/** A whole number in digits or in words (`cinq`, `twelve`), `null` otherwise. */
export const readNumber = (word: string): number | null => readDigits(word) ?? numerals.get(word) ?? null
