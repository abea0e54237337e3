// Finds the program, and says what is wrong if it isn't there.

import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import * as path from 'node:path';

/** The program as the settings name it: `~` is the home folder, other relative files start at the workspace. */
export function program(setting: string, workspace: string | undefined): string {
  const name = setting.trim() || 'quell';
  if (name === '~' || name.startsWith('~/')) {
    return path.join(homedir(), name.slice(2));
  }
  const isFile = name.includes('/') || name.includes('\\');
  return isFile && workspace !== undefined ? path.resolve(workspace, name) : name;
}

/** What a program says of itself, or why it can't be used. */
export type Probe = { version: string } | { problem: string };

/** Asks the program for its version. */
export function probe(command: string): Promise<Probe> {
  return new Promise((resolve) => {
    execFile(command, ['--version'], { timeout: 10_000 }, (error, output) => {
      const version = /^quell (\S+)/.exec(output)?.[1];
      if (version !== undefined) {
        resolve({ version });
      } else if (error !== null && 'code' in error && error.code === 'ENOENT') {
        resolve({ problem: `There is no program "${command}".` });
      } else if (error !== null) {
        resolve({ problem: `"${command}" can't be run: ${error.message.split('\n')[0]}` });
      } else {
        resolve({ problem: `"${command}" is another program.` });
      }
    });
  });
}
