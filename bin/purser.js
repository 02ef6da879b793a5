#!/usr/bin/env node
// The `purser` command. Plain JavaScript, so that an old Node can read it: it runs Purser at once on Node 24 or later,
// and otherwise hands over to the Node that `npm ci` put into node_modules.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import path from 'node:path';

const nodeMajorMin = 24;

/** Set by the launcher for the process it starts, which takes it out again: nothing below inherits it. */
const launchedFlag = 'PURSER_LAUNCHED';

/** What a shell reports for a process ended by SIGKILL (128 + 9). */
const exitCodeKilled = 137;

const major = (version) => Number(version.split('.', 1)[0]);

/** The Node of the `node` package, wherever npm put it (hoisted, or its binary still in the package for this platform). */
function findNode() {
  const require = createRequire(import.meta.url);
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const platform = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  let manifest;
  try {
    manifest = require.resolve('node/package.json');
  } catch {
    return undefined;
  }
  if (major(JSON.parse(readFileSync(manifest, 'utf8')).version) < nodeMajorMin) return undefined;
  const home = path.dirname(manifest);
  return [home, path.join(home, 'node_modules', platform), path.join(home, '..', platform)]
    .map((folder) => path.join(folder, 'bin', binary))
    .find((file) => existsSync(file));
}

/** Runs the same command line on `node`, stands in for it towards signals, and ends as it ends. */
function handOver(node) {
  const child = spawn(node, process.argv.slice(1), {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [launchedFlag]: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C reaches every process of the terminal by itself; sent on, it would arrive twice and look like impatience.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  child.on('error', (error) => {
    console.error(`purser: could not start ${node}: ${error.message}. Run "npm ci" in the project again.`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    // Signals that a process cannot raise on itself, or that are ignored here, leave their number.
    setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 100);
  });
}

/**
 * In the process the launcher started: the channel to the launcher closes when the launcher is gone, also by `kill -9`,
 * and then this process ends at once. It keeps nothing alive and says nothing to processes started from here.
 */
function followLauncher() {
  if (process.env[launchedFlag] === undefined) return;
  delete process.env[launchedFlag];
  if (!process.connected) process.exit(exitCodeKilled);
  process.on('disconnect', () => process.exit(exitCodeKilled));
  process.channel?.unref();
}

if (major(process.versions.node) >= nodeMajorMin) {
  followLauncher();
  await import('../src/main/purser.ts');
} else {
  const node = findNode();
  if (node === undefined) {
    console.error(
      `purser: Node ${nodeMajorMin} or later is needed, this is Node ${process.versions.node} and node_modules has none: ` +
        'run "npm ci" in the project (it brings its own Node), or install a newer Node. Nothing was done.',
    );
    process.exit(1);
  }
  handOver(node);
}
