// What NOX is made of beside its own code: `licences` writes docs/licences.md; without a word it checks licences and
// install scripts, and exits with 1 where one is not allowed.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkDependencies, type Lock, licenceList, type Manifest } from './dependencies/check.ts'

const root = join(import.meta.dirname, '..')
const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'))
const lock = read('package-lock.json') as Lock
const problems = checkDependencies(lock, read('package.json') as Manifest)
const page = join(root, 'docs/licences.md')

if (process.argv[2] === 'licences') writeFileSync(page, licenceList(lock))
else if (readFileSync(page, 'utf8') !== licenceList(lock)) {
  problems.push('docs/licences.md is not of these dependencies: run npm run licences')
}
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
