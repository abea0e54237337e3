// The pane beside the text: a step graph or a dry run, made anew whenever the text changes.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

import { guarded, message } from './page';
import { dryRun, playbooks, stepGraph, type Page, type PlaybookParams } from './requests';

type Kind = 'graph' | 'dryRun';

/** What a pane shows. */
export interface Subject {
  uri: vscode.Uri;
  playbook?: string | undefined;
  scenario?: string | undefined;
  position?: vscode.Position | undefined;
}

const IDLE_MS = 200;

/** One pane for each kind, as one reads one at a time. */
export class Previews implements vscode.Disposable {
  private readonly panes = new Map<Kind, Pane>();
  private readonly listener: vscode.Disposable;

  constructor(private readonly client: () => LanguageClient | undefined) {
    this.listener = vscode.workspace.onDidChangeTextDocument((event) => {
      for (const pane of this.panes.values()) {
        pane.changed(event.document.uri);
      }
    });
  }

  show(kind: Kind, subject: Subject): void {
    let pane = this.panes.get(kind);
    if (pane === undefined) {
      pane = new Pane(kind, this.client, () => this.panes.delete(kind));
      this.panes.set(kind, pane);
    }
    pane.show(subject);
  }

  dispose(): void {
    this.listener.dispose();
    for (const pane of this.panes.values()) {
      pane.dispose();
    }
  }
}

class Pane implements vscode.Disposable {
  private readonly panel: vscode.WebviewPanel;
  private subject: Subject | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Answers to older questions are thrown away. */
  private asked = 0;

  constructor(
    private readonly kind: Kind,
    private readonly client: () => LanguageClient | undefined,
    closed: () => void,
  ) {
    const title = kind === 'graph' ? 'Step graph' : 'Dry run';
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.panel = vscode.window.createWebviewPanel(`quell.${kind}`, title, column, { enableScripts: true });
    this.panel.onDidDispose(() => {
      clearTimeout(this.timer);
      closed();
    });
  }

  show(subject: Subject): void {
    this.subject = subject;
    this.panel.reveal(undefined, true);
    void this.refresh();
  }

  changed(uri: vscode.Uri): void {
    if (this.subject?.uri.toString() === uri.toString()) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.refresh(), IDLE_MS);
    }
  }

  dispose(): void {
    this.panel.dispose();
  }

  private async refresh(): Promise<void> {
    const number = ++this.asked;
    const page = await this.page();
    if (number !== this.asked) {
      return;
    }
    if (typeof page === 'string') {
      this.panel.webview.html = message(page);
    } else {
      this.panel.title = page.title;
      this.panel.webview.html = guarded(page.html);
    }
  }

  private async page(): Promise<Page | string> {
    const client = this.client();
    const subject = this.subject;
    if (client === undefined || subject === undefined) {
      return 'The language server is not running.';
    }
    const params: PlaybookParams & { scenario?: string } = {
      textDocument: { uri: client.code2ProtocolConverter.asUri(subject.uri) },
      ...(subject.playbook !== undefined && { playbook: subject.playbook }),
      ...(subject.scenario !== undefined && { scenario: subject.scenario }),
      ...(subject.position !== undefined && {
        position: client.code2ProtocolConverter.asPosition(subject.position),
      }),
    };
    try {
      const page =
        this.kind === 'graph'
          ? await client.sendRequest(stepGraph, params)
          : await client.sendRequest(dryRun, params);
      return page ?? 'There is no playbook here, or it has errors.';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

/** Lets the person choose a scenario where there are several; none is a run with the usual values. */
export async function chooseScenario(
  client: LanguageClient,
  uri: vscode.Uri,
): Promise<{ playbook: string; scenario?: string } | undefined> {
  const found = await client.sendRequest(playbooks, {
    textDocument: { uri: client.code2ProtocolConverter.asUri(uri) },
  });
  const items = found.playbooks.flatMap(({ name, scenarios }) => [
    { label: name, description: 'with the usual values', choice: { playbook: name } },
    ...scenarios.map((scenario) => ({
      label: scenario,
      description: `scenario of ${name}`,
      choice: { playbook: name, scenario },
    })),
  ]);
  if (items.length <= 1) {
    return items[0]?.choice;
  }
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'What is to be run?' });
  return chosen?.choice;
}
