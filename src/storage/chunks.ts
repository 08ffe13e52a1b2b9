/** Rows of one statement: databases bear some 30,000 parameters. */
const mostRows = 200

/** As many at a time as one statement takes. */
export const chunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / mostRows) }, (_, at) => all.slice(at * mostRows, (at + 1) * mostRows))
