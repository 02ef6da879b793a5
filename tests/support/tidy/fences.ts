import { builtinModules } from 'node:module';
import type { Problem, SourceFile } from './files.ts';
import { importsOf, resolveImport } from './imports.ts';

/** What the files of one folder may know besides their own folder. */
interface Fence {
  /** Folders and files of `src`. `*` stands for all. */
  readonly own: readonly string[];
  /** npm packages and built-ins; `node:*` stands for all built-ins, `node:fs` includes `node:fs/promises`. */
  readonly packages: readonly string[];
}

/** What pages are made of. */
const pages = [
  'react',
  '@mantine/core',
  '@mantine/hooks',
  '@mantine/notifications',
  '@mantine/spotlight',
  '@tanstack/react-query',
  '@tanstack/react-router',
  'i18next',
  'react-i18next',
];

/**
 * Who may import whom, by folder of `src` (the longest match decides; `providers/*` is each folder in there). A new
 * folder needs a line here and a decision record; a new package in a line is a change of architecture.
 */
const fences: Readonly<Record<string, Fence>> = {
  core: { own: [], packages: [] },
  ledger: { own: ['core'], packages: [] },
  wire: {
    own: ['core'],
    packages: ['zod', 'csv-parse', 'node:fs', 'node:stream', 'node:crypto', 'node:buffer'],
  },
  store: {
    own: ['core', 'ledger'],
    packages: [
      'kysely',
      'pg',
      '@electric-sql/pglite',
      'node:fs',
      'node:path',
      'node:url',
      'node:crypto',
      'node:timers',
    ],
  },
  providers: { own: ['core'], packages: ['node:crypto', 'node:tls', 'node:zlib', 'node:timers'] },
  'providers/*': {
    own: ['core', 'providers/provider.ts', 'providers/http.ts'],
    packages: ['node:crypto', 'node:tls', 'node:zlib', 'node:timers', 'stripe'],
  },
  sandbox: { own: [], packages: ['node:*', 'selfsigned'] },
  notify: { own: ['core'], packages: ['nodemailer'] },
  auth: {
    own: ['core', 'store'],
    packages: ['better-auth', '@better-auth/passkey', 'kysely', 'node:crypto'],
  },
  // A mail is written in the transaction of its deed; sending it is the engine's.
  actions: { own: ['core', 'ledger', 'store', 'notify/templates'], packages: ['kysely'] },
  engine: {
    own: ['core', 'actions', 'store', 'notify', 'providers/provider.ts'],
    packages: ['kysely', 'node:timers'],
  },
  api: {
    own: ['core', 'wire', 'actions', 'auth', 'store'],
    packages: [
      'fastify',
      '@fastify/helmet',
      '@fastify/static',
      'swagger-ui-dist',
      'node:net',
      'zod',
      'kysely',
      'node:stream',
      'node:timers',
    ],
  },
  cli: { own: ['core', 'wire', 'main'], packages: ['node:*'] },
  main: { own: ['*'], packages: ['*'] },
  'web/client': { own: ['core', 'wire'], packages: [] },
  // Draws; knows no server, no address and no language.
  'web/ui': { own: ['core'], packages: ['react', '@mantine/core', '@mantine/hooks'] },
  'web/app': {
    own: ['core', 'web/client', 'web/ui'],
    packages: [...pages, '@simplewebauthn/browser', 'react-dom'],
  },
  'web/console': {
    own: ['core', 'wire', 'web/app', 'web/client', 'web/ui'],
    packages: [...pages, 'uqr', 'croner'],
  },
  'web/portal': { own: ['core', 'wire', 'web/app', 'web/client', 'web/ui'], packages: pages },
};

/** Imports that cross a fence, and folders without one. */
export function fenceProblems(files: readonly SourceFile[], rules = fences): Problem[] {
  return files.flatMap((file) => {
    const name = fenceOf(file.path, rules);
    const fence = name === undefined ? undefined : rules[name];
    if (name === undefined || fence === undefined) {
      const message =
        'lies in a folder without a fence; add the folder to fences.ts and write a decision record';
      return [{ path: file.path, line: 1, message }];
    }
    return importsOf(file.text)
      .filter(({ specifier }) => !isAllowed(file.path, specifier, name, fence))
      .map(({ specifier, line }) => ({
        path: file.path,
        line,
        message: `${name} may not import '${specifier}'; it may import ${allowed(fence)}. Hand it in from outside instead`,
      }));
  });
}

function fenceOf(file: string, rules: Readonly<Record<string, Fence>>): string | undefined {
  if (file.startsWith('web/')) return webFence(file, rules);
  const [, folder = '', ...rest] = file.split('/');
  const inner = `${folder}/*`;
  if (rest.length > 1 && Object.hasOwn(rules, inner)) return inner;
  return Object.hasOwn(rules, folder) ? folder : undefined;
}

/** `web` has a fence for each of its folders. */
function webFence(file: string, rules: Readonly<Record<string, Fence>>): string | undefined {
  const name = file.split('/').slice(0, 2).join('/');
  return Object.hasOwn(rules, name) ? name : undefined;
}

function isAllowed(file: string, specifier: string, name: string, fence: Fence): boolean {
  if (!specifier.startsWith('.')) return fence.packages.some((pattern) => isPackage(specifier, pattern));
  const target = resolveImport(file, specifier).replace(/^src\//, '');
  const home = name.endsWith('/*') ? file.split('/').slice(1, 3).join('/') : name;
  return [home, ...fence.own].some(
    (place) => place === '*' || target === place || target.startsWith(`${place}/`),
  );
}

function isPackage(specifier: string, pattern: string): boolean {
  if (pattern === '*') return true;
  const builtIn = builtinModules.includes(specifier) ? `node:${specifier}` : specifier;
  if (pattern === 'node:*') return builtIn.startsWith('node:');
  return builtIn === pattern || builtIn.startsWith(`${pattern}/`);
}

function allowed({ own, packages }: Fence): string {
  return ['its own folder', ...own, ...packages].join(', ');
}
