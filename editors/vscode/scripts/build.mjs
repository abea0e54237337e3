// Bundles the extension into out/, or its tests with --tests.
import { build } from 'esbuild';
import { copyFile, mkdir, readdir } from 'node:fs/promises';

const tests = process.argv.includes('--tests');
await mkdir('out', { recursive: true });
// One grammar for all that understand TextMate's form.
await copyFile('../textmate/quell.tmLanguage.json', 'out/quell.tmLanguage.json');
await copyFile('../../LICENSE', 'LICENSE');
const entries = tests
  ? (await readdir('test')).filter((name) => name.endsWith('.test.ts')).map((name) => `test/${name}`)
  : ['src/extension.ts'];
await build({
  entryPoints: entries,
  outdir: tests ? 'out/test' : 'out',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  minify: !tests,
  sourcemap: tests ? 'inline' : false,
  logLevel: 'warning',
});
