/** The parts of package-lock.json (version 3) that tell where a package comes from. */
export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>
}
export interface LockedPackage {
  readonly version?: string
  readonly license?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
}

/** The parts of package.json that this reads. */
export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly allowScripts: Readonly<Record<string, boolean>>
}

/**
 * Licences (SPDX) that ask for no more than that they are named, or, as MPL-2.0 and OFL-1.1, for the source of what
 * is changed in the package itself: NOX changes none.
 */
const allowed = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'MPL-2.0',
  'OFL-1.1',
  'Unlicense',
  'Zlib',
  'PSF-2.0',
])

/** Whether a SPDX expression can be met: one side of an `OR`, every side of an `AND`. */
export function isAllowed(expression: string | undefined): boolean {
  if (expression === undefined) return false
  const bare = expression.replace(/^\((.*)\)$/, '$1')
  return bare.split(' OR ').some((choice) => choice.split(' AND ').every((each) => allowed.has(each.trim())))
}

const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '')

function entries(lock: Lock): readonly (readonly [name: string, found: LockedPackage])[] {
  return Object.entries(lock.packages)
    .filter(([path]) => path.includes('node_modules/'))
    .map(([path, found]) => [nameOf(path), found])
}

/** What NOX runs on, without what only its makers need. */
export const running = (lock: Lock) => entries(lock).filter(([, { dev }]) => !dev)

/** What is not as it must be, a sentence each. */
export function checkDependencies(lock: Lock, manifest: Manifest): string[] {
  const problems: string[] = []
  for (const [name, { version, license, integrity, resolved, hasInstallScript }] of entries(lock)) {
    const what = `${name}@${version}`
    if (!isAllowed(license)) {
      problems.push(`${what} has the licence ${license ?? 'none'}, which scripts/dependencies/check.ts does not allow`)
    }
    if (integrity === undefined) problems.push(`${what} has no integrity hash in package-lock.json`)
    if (resolved !== undefined) problems.push(`${what} names the address of a registry in package-lock.json`)
    if (hasInstallScript && !(name in manifest.allowScripts)) {
      problems.push(`${what} runs a script when it is installed: read it, then name it in allowScripts of package.json`)
    }
  }
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) problems.push(`${name} is not pinned to one version: ${version}`)
  }
  return problems
}

/** A page that names each package that runs with NOX, by its licence. */
export function licenceList(lock: Lock): string {
  const byLicence = new Map<string, Set<string>>()
  for (const [name, { version, license = 'none' }] of running(lock)) {
    const names = byLicence.get(license) ?? new Set()
    byLicence.set(license, names.add(`${name} ${version}`))
  }
  const sections = [...byLicence]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([licence, names]) =>
        `## ${licence}\n\n${[...names]
          .toSorted()
          .map((each) => `- ${each}`)
          .join('\n')}\n`,
    )
  return [
    '# Licences of what NOX runs on\n',
    'NOX itself: Apache-2.0. Made by `npm run licences` from `package-lock.json`; `npm run check` fails on a licence that is not',
    'allowed, on a page that is not of these dependencies, on a version that is not pinned, and on an install script that nobody',
    'has named in `allowScripts`. `npm run --silent sbom > nox.cdx.json` writes the bill of materials (CycloneDX).\n',
    ...sections,
  ].join('\n')
}
