import { strict as assert } from 'node:assert';
import { test } from 'node:test';

import { escape, guarded, message } from '../src/page';

test('what is shown is text, whatever stands in it', () => {
  assert.equal(escape(`<a href="x">'&'</a>`), '&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;');
  assert.ok(!message('<script>').includes('<script>'));
});

test('a page may load nothing', () => {
  const page = guarded('<!doctype html><html><head lang="en"><title>a</title></head></html>');
  assert.match(page, /<head lang="en"><meta http-equiv="Content-Security-Policy" content="default-src 'none'/);
  assert.match(guarded('<p>no head</p>'), /^<meta http-equiv/);
});
