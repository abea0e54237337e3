// Pages for the preview: what the server made, held to a strict policy.

/** Shown until there is something, or where there is nothing. */
export function message(text: string): string {
  return `<!doctype html><html><body style="font-family: var(--vscode-font-family)"><p>${escape(text)}</p></body></html>`;
}

/** The text with nothing in it that HTML takes for its own. */
export function escape(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (letter) => names[letter] ?? letter);
}

/** The page with a policy that lets it load nothing and run nothing but its own scripts. */
export function guarded(html: string): string {
  const policy =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:";
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + meta) : meta + html;
}
