// Reads every module of the repository with the engine that VS Code highlights with.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { test } from 'node:test';

import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

function modules(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return modules(path);
    return name.endsWith('.quell') ? [path] : [];
  });
}

async function grammar() {
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => {
      const path = join(import.meta.dirname, 'quell.tmLanguage.json');
      return textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
    },
  });
  return registry.loadGrammar('source.quell');
}

const quell = await grammar();

/** The tokens of a text: their words and innermost scopes. */
function tokens(text) {
  let stack = textmate.INITIAL;
  return text.split(/\r?\n/).flatMap((line, number) => {
    const result = quell.tokenizeLine(line, stack);
    stack = result.ruleStack;
    return result.tokens.map((token) => ({
      line: number + 1,
      text: line.slice(token.startIndex, token.endIndex),
      scopes: token.scopes,
    }));
  });
}

function scopeOf(source, word) {
  const token = tokens(source).find((token) => token.text.trim() === word);
  return token?.scopes.at(-1);
}

const files = ['examples', 'stdlib/std'].flatMap((folder) => modules(join(root, folder)));
files.push(join(root, 'compiler/tests/fixtures/syntax/whole_language.quell'));

for (const file of files) {
  test(`${relative(root, file)} has no word without a meaning`, () => {
    const all = tokens(readFileSync(file, 'utf8'));
    const bad = all.filter((token) => token.scopes.some((scope) => scope.startsWith('invalid')));
    assert.deepEqual(bad, []);
    const bare = all.filter((token) => token.scopes.length === 1 && token.text.trim() !== '');
    assert.deepEqual(bare, []);
    assert.equal(all.at(-1).scopes.length, 1, 'a text or interpolation is still open at the end');
  });
}

test('words mean something in their place only', () => {
  assert.equal(scopeOf('step x = run.now', 'run'), 'variable.other.quell');
  assert.equal(scopeOf('  on failure run tell()', 'run'), 'keyword.control.clause.quell');
  assert.equal(scopeOf('  approve by 2 of a within 5m', 'of'), 'keyword.control.clause.quell');
  assert.equal(scopeOf('  let t = time("x")', 'time'), 'entity.name.function.call.quell');
  assert.equal(scopeOf('  step p = probe.tcp(h, from: ["eu"])', 'from'), 'variable.parameter.quell');
  assert.equal(scopeOf('action a() -> Int reads {', 'reads'), 'storage.modifier.effect.quell');
});

test('an interpolation is an expression, and what is no escape shows', () => {
  assert.equal(scopeOf('let a: Text = "x ${b + 1} y"', '+'), 'keyword.operator.quell');
  assert.equal(scopeOf('let a: Text = "x \\q"', '\\q'), 'invalid.illegal.escape.quell');
});

test('the grammar knows the words of the compiler', () => {
  const rules = readFileSync(join(root, 'grammar/quell.pest'), 'utf8');
  const words = new Set([...rules.matchAll(/k_(\w+)\s+= @\{ "(\w+)" ~ !idc \}/g)].map((rule) => rule[2]));
  const reserved = rules.split('reserved = @{')[1].split('!idc')[0];
  for (const word of reserved.matchAll(/"(\w+)"/g)) words.add(word[1]);
  assert.ok(words.size > 100);
  const text = readFileSync(join(import.meta.dirname, 'quell.tmLanguage.json'), 'utf8');
  const known = new Set(text.match(/[A-Za-z_]\w*/g));
  assert.deepEqual([...words].filter((word) => !known.has(word)), []);
});
