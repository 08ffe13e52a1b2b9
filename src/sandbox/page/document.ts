import { createHash } from 'node:crypto'

const imports = JSON.stringify({
  imports: { preact: '/assets/lib/preact.js', 'preact/hooks': '/assets/lib/hooks.js', htm: '/assets/lib/htm.js' },
})
/** Runs before the first paint, so that the theme does not flash. */
const theme =
  "const t=localStorage.getItem('nox-theme');document.documentElement.dataset.theme=t&&t!=='system'?t:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'"

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The page's one document, and the policy that it is served with: nothing from elsewhere, no other inline script. */
export function createDocument(modules: readonly string[]): { readonly html: string; readonly policy: string } {
  // All at once, where each would else wait for the one that imports it.
  const preloads = modules.map((name) => `<link rel="modulepreload" href="/assets/${name}">`).join('\n')
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${hash(imports)} ${hash(theme)}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  const html = `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>NOX Sandbox</title>
<link rel="icon" href="data:,">
<link rel="preload" href="/assets/fonts/inter.woff2" as="font" type="font/woff2" crossorigin>
<link rel="preload" href="/assets/fonts/jetbrains-mono.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/assets/style.css">
<script>${theme}</script>
<script type="importmap">${imports}</script>
${preloads}
<script type="module" src="/assets/client/main.ts"></script>
</head>
<body><div id="app"></div><noscript>NOX Sandbox needs JavaScript.</noscript></body>
</html>
`
  return { html, policy }
}
