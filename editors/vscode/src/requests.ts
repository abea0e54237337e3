// What this client asks the server beyond the protocol: docs/formats/editor-requests.md.

import { RequestType } from 'vscode-languageclient';

/** A playbook or task of a document; without a name the one around `position`, or the first. */
export interface PlaybookParams {
  textDocument: { uri: string };
  playbook?: string;
  position?: { line: number; character: number };
}

/** A page to look at, and what it shows as data. */
export interface Page {
  title: string;
  /** Whole and self-contained: nothing is loaded from anywhere. */
  html: string;
  /** `quell.dev/graph/1` or `quell.dev/trace/1`. */
  data: unknown;
}

export const stepGraph = new RequestType<PlaybookParams, Page | null, void>('quell/stepGraph');

export const dryRun = new RequestType<PlaybookParams & { scenario?: string }, Page | null, void>('quell/dryRun');

/** The playbooks of a document and their scenarios, in the order of the text. */
export interface Playbooks {
  playbooks: { name: string; scenarios: string[] }[];
}

export const playbooks = new RequestType<{ textDocument: { uri: string } }, Playbooks, void>('quell/playbooks');

/** The text of a module of the standard library, whose address begins with `quell-std:`. */
export const standardModule = new RequestType<{ uri: string }, { text: string } | null, void>('quell/standardModule');
