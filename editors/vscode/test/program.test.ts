import { strict as assert } from 'node:assert';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';

import { probe, program } from '../src/program';

test('the setting is a name on the path, or a file', () => {
  assert.equal(program('', '/team'), 'quell');
  assert.equal(program(' quell ', '/team'), 'quell');
  assert.equal(program('bin/quell', '/team'), '/team/bin/quell');
  assert.equal(program('/opt/quell', '/team'), '/opt/quell');
  assert.equal(program('~/bin/quell', undefined), path.join(homedir(), 'bin/quell'));
});

async function script(text: string): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'quell-')), 'quell');
  await writeFile(file, `#!/bin/sh\n${text}\n`);
  await chmod(file, 0o755);
  return file;
}

test('a program says its version, or what is wrong with it', async () => {
  assert.deepEqual(await probe(await script('echo quell 0.1.0')), { version: '0.1.0' });
  assert.deepEqual(await probe('/nowhere/quell'), { problem: 'There is no program "/nowhere/quell".' });
  const other = await script('echo something else');
  assert.deepEqual(await probe(other), { problem: `"${other}" is another program.` });
  const broken = await probe(await script('exit 3'));
  assert.ok('problem' in broken && broken.problem.includes("can't be run"));
});
