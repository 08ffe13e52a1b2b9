// Tests NOX against a real Kubernetes control plane: `npm run test:cluster [-- --build]`.
import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { folder, kubernetesVersion, missing, packages, pathOf, type Server } from './binaries.ts'

const help = `npm run test:cluster [-- options of vitest]

Tests NOX against etcd, kube-apiserver, kube-controller-manager, kube-scheduler and hollow nodes (${kubernetesVersion}).

  --build    build first what is not built yet, with Go: a cold build takes half an hour and 5 GB
  --status   only say whether the servers are built: exit code 0 where they are
  --help

The servers are kept in ${folder} (XDG_CACHE_HOME moves it).`

/** @returns false where it can't be built; told why. */
function build(server: Server): boolean {
  console.log(`building ${server} …`)
  mkdirSync(folder, { recursive: true })
  const version = 'k8s.io/component-base/version'
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(kubernetesVersion) ?? []
  const names = [`gitVersion=${kubernetesVersion}`, `gitMajor=${major}`, `gitMinor=${minor}`]
  const flags = ['-s', '-w', ...names.flatMap((name) => ['-X', `${version}.${name}`])].join(' ')
  const unfinished = join(folder, `.${server}`)
  const { status } = spawnSync('go', ['build', '-trimpath', '-ldflags', flags, '-o', unfinished, packages[server]], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
    // One package at a time: the machine has other work.
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-p=1 -buildvcs=false -mod=readonly' },
  })
  if (status !== 0) {
    rmSync(unfinished, { force: true })
    return false
  }
  renameSync(unfinished, pathOf(server))
  return true
}

function run(args: readonly string[]): number {
  if (args.includes('--help')) {
    console.log(help)
    return 0
  }
  if (args.includes('--status')) return missing().length === 0 ? 0 : 1
  if (args.includes('--build') && missing().length > 0) {
    if (spawnSync('go', ['version']).status !== 0) {
      console.log('Skipped: no Go toolchain here to build a Kubernetes control plane with.')
      return 0
    }
    if (!missing().every(build)) return 1
  }
  const lacking = missing()
  if (lacking.length > 0) {
    console.log(`Skipped: ${lacking.join(', ')} not built. Build with: npm run test:cluster -- --build`)
    return 0
  }
  const root = resolve(import.meta.dirname, '../..')
  const more = args.filter((each) => each !== '--build')
  const { status } = spawnSync('vitest', ['run', '--config', 'vitest.cluster.config.ts', ...more], {
    cwd: root,
    stdio: 'inherit',
  })
  return status ?? 1
}

process.exitCode = run(process.argv.slice(2))
