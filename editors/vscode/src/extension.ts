// The client of `quell lsp`: starts it, and offers what only an editor can: panes, choices, messages.

import * as vscode from 'vscode';
import { LanguageClient, State, type Location, type Position } from 'vscode-languageclient/node';

import { Previews, chooseScenario, type Subject } from './preview';
import { probe, program } from './program';
import { standardModule } from './requests';

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const previews = new Previews(() => (client?.state === State.Running ? client : undefined));
  context.subscriptions.push(
    previews,
    vscode.workspace.registerTextDocumentContentProvider('quell-std', { provideTextDocumentContent: standardText }),
    vscode.commands.registerCommand('quell.restart', restart),
    vscode.commands.registerCommand('quell.showGraph', (subject?: Asked) => {
      const found = asked(subject);
      if (found !== undefined) {
        previews.show('graph', found);
      }
    }),
    vscode.commands.registerCommand('quell.dryRun', async (subject?: Asked) => {
      const found = asked(subject);
      if (found === undefined || client === undefined) {
        return;
      }
      const choice = found.playbook === undefined ? await chooseScenario(client, found.uri) : found;
      if (choice !== undefined) {
        previews.show('dryRun', { ...found, ...choice });
      }
    }),
    // Lenses carry what the protocol says; VS Code's own command wants its own objects.
    vscode.commands.registerCommand('quell.showReferences', async (uri: string, at: Position, all: Location[]) => {
      const convert = client?.protocol2CodeConverter;
      if (convert !== undefined) {
        const places = all.map((place) => convert.asLocation(place));
        await vscode.commands.executeCommand(
          'editor.action.showReferences', convert.asUri(uri), convert.asPosition(at), places,
        );
      }
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('quell.path')) {
        void restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** What a lens says of itself. */
interface Asked {
  uri: string;
  playbook?: string;
  scenario?: string;
}

function asked(subject: Asked | undefined): Subject | undefined {
  if (typeof subject?.uri === 'string') {
    return { ...subject, uri: vscode.Uri.parse(subject.uri) };
  }
  const editor = vscode.window.activeTextEditor;
  return editor?.document.languageId === 'quell'
    ? { uri: editor.document.uri, position: editor.selection.active }
    : undefined;
}

async function start(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const command = program(vscode.workspace.getConfiguration('quell').get('path', 'quell'), folder);
  const found = await probe(command);
  if ('problem' in found) {
    const settings = 'Open Settings';
    const text = `${found.problem} Install quell with "cargo install", or say in the settings where it is.`;
    if ((await vscode.window.showErrorMessage(text, settings)) === settings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'quell.path');
    }
    return;
  }
  client = new LanguageClient(
    'quell',
    'Quell',
    { command, args: ['lsp'] },
    {
      documentSelector: [
        { scheme: 'file', language: 'quell' },
        { scheme: 'untitled', language: 'quell' },
        { scheme: 'quell-std', language: 'quell' },
      ],
      initializationOptions: { standardModules: 'scheme' },
      synchronize: {
        fileEvents: [
          vscode.workspace.createFileSystemWatcher('**/*.quell'),
          vscode.workspace.createFileSystemWatcher('**/quell.toml'),
          vscode.workspace.createFileSystemWatcher('**/*.{yml,yaml}'),
        ],
      },
    },
  );
  try {
    await client.start();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`The language server of quell ${found.version} doesn't start: ${why}`);
  }
}

async function restart(): Promise<void> {
  const old = client;
  client = undefined;
  if (old?.needsStop() === true) {
    await old.stop();
  }
  await old?.dispose();
  await start();
}

async function standardText(uri: vscode.Uri): Promise<string> {
  const answer = await client?.sendRequest(standardModule, { uri: uri.toString() });
  return answer?.text ?? '// There is no such module.\n';
}
