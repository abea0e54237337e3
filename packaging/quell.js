#!/usr/bin/env node
// Runs the program from the package for this platform.
"use strict";

const { spawnSync } = require("node:child_process");
const { optionalDependencies, name: main } = require("./package.json");

const wanted = `${main}-${process.platform}-${process.arch}`;

function program() {
  try {
    return require.resolve(`${wanted}/${process.platform === "win32" ? "quell.exe" : "quell"}`);
  } catch {
    const known = wanted in optionalDependencies;
    console.error(
      known
        ? `quell: the package ${wanted} is missing: install again without --omit=optional`
        : `quell: there is no binary for ${process.platform} on ${process.arch}: build it with cargo`,
    );
    process.exit(2);
  }
}

const run = spawnSync(program(), process.argv.slice(2), { stdio: "inherit" });
if (run.error) {
  console.error(`quell: ${run.error.message}`);
  process.exit(2);
}
if (run.signal) process.kill(process.pid, run.signal);
process.exit(run.status ?? 2);
