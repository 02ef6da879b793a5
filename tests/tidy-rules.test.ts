import { describe, expect, it } from 'vitest';
import { fenceProblems } from './support/tidy/fences.ts';
import type { Problem, SourceFile } from './support/tidy/files.ts';
import { functionsOf } from './support/tidy/functions.ts';
import { barrelProblems, cycleProblems, importsOf, specifierProblems } from './support/tidy/imports.ts';
import { linkProblems, titleProblems } from './support/tidy/markdown.ts';
import { mask } from './support/tidy/mask.ts';
import { checksum, migrationProblems } from './support/tidy/migrations.ts';
import { percentile, spread, tooLong } from './support/tidy/sizes.ts';
import { banProblems } from './support/tidy/words.ts';

// Every rule of tidy.test.ts, fed with what it must catch and with what it must leave alone.

const file = (path: string, text: string): SourceFile => ({ path, text });
const seen = (problems: readonly Problem[]) => problems.map(({ path, line }) => `${path}:${line}`);
const lines = (count: number) => 'x;\n'.repeat(count);

describe('taking a source apart', () => {
  it('blanks comments, strings, templates and regular expressions and keeps the code in them', () => {
    const source = 'a("{b}"); // c\nd(`e ${f("g")} {`) / h; /* i\n */ j = /[/{]k/.test(l)';
    const { code, comments } = mask(source);
    expect(code.replaceAll(/ +/g, ' ')).toBe('a(" "); \nd(` ${f(" ")} `) / h; \n j = / /.test(l)');
    expect(comments.trim().replaceAll(/ +/g, ' ')).toBe('// c\n /* i\n */');
    expect([code.length, comments.length]).toEqual([source.length, source.length]);
  });

  it('knows a division from a regular expression', () => {
    expect(mask('a = b / c; d = e() / f; return /g/;').code).toBe('a = b / c; d = e() / f; return / /;');
  });

  it('is not led astray by quotes and escapes', () => {
    expect(mask(String.raw`a('it\'s', "'"); b`).code).toBe(`a('     ', " "); b`);
  });
});

describe('reading imports', () => {
  const source = `import 'a';
import type { B } from './b.ts';
import {
  type C,
  d,
} from "./c.ts";
export { e } from './e.ts';
const f = await import('./f.ts');
// import 'g'
const text = "import 'h'";
type I = import('./i.ts').I;
export const from = 'j';`;

  it('finds every form and nothing in comments and strings', () => {
    expect(importsOf(source).map(({ specifier, line }) => `${specifier} ${line}`)).toEqual([
      'a 1',
      './b.ts 2',
      './c.ts 3',
      './e.ts 7',
      './f.ts 8',
      './i.ts 11',
    ]);
  });

  it('tells types, which are gone at run time, from values', () => {
    expect(importsOf(source).map(({ value }) => value)).toEqual([true, false, true, true, true, true]);
  });
});

describe('fences', () => {
  it.each([
    ['src/core/a.ts', 'node:fs'],
    ['src/core/a.ts', '../ledger/b.ts'],
    ['src/core/a.ts', 'zod'],
    ['src/ledger/a.ts', '../store/b.ts'],
    ['src/wire/a.ts', '../store/b.ts'],
    ['src/wire/a.ts', 'node:http'],
    ['src/store/a.ts', '../actions/b.ts'],
    ['src/actions/a.ts', '../providers/provider.ts'],
    ['src/engine/a.ts', '../providers/paypal/client.ts'],
    ['src/providers/paypal/a.ts', '../stripe/b.ts'],
    ['src/providers/paypal/a.ts', '../registry.ts'],
    ['src/providers/http.ts', '../store/db.ts'],
    ['src/sandbox/a.ts', '../core/payout.ts'],
    ['src/sandbox/a.ts', 'fastify'],
    ['src/api/a.ts', '../engine/b.ts'],
    ['src/api/a.ts', '../providers/provider.ts'],
    ['src/cli/a.ts', '../store/b.ts'],
    ['src/corelike/a.ts', './b.ts'],
  ])('%s may not import %s', (path, specifier) => {
    const text = `\nimport type { x } from '${specifier}';`;
    const [problem] = fenceProblems([file(path, text)]);
    expect(problem).toMatchObject({ path });
    expect(problem?.message).toMatch(/may not import|without a fence/);
  });

  it.each([
    ['src/core/a.ts', './b.ts'],
    ['src/wire/a.ts', 'node:fs/promises'],
    ['src/store/a.ts', '../ledger/b.ts'],
    ['src/providers/paypal/a.ts', '../provider.ts'],
    ['src/providers/paypal/a.ts', './b.ts'],
    ['src/providers/registry.ts', './paypal/provider.ts'],
    ['src/sandbox/a.ts', 'selfsigned'],
    ['src/main/a.ts', '../sandbox/server.ts'],
    ['src/main/a.ts', 'pino'],
  ])('%s may import %s', (path, specifier) => {
    expect(fenceProblems([file(path, `import { x } from '${specifier}';`)])).toEqual([]);
  });
});

describe('imports as a whole', () => {
  it('catches a circle of values and shows the way round, but not a circle of types', () => {
    const circle = [
      file('src/a.ts', "import { b } from './b.ts';"),
      file('src/b.ts', "import { c } from './deep/c.ts';"),
      file('src/deep/c.ts', "\nimport { a } from '../a.ts';"),
    ];
    expect(seen(cycleProblems(circle))).toEqual(['src/deep/c.ts:2']);
    expect(cycleProblems(circle)[0]?.message).toContain('src/a.ts → src/b.ts → src/deep/c.ts → src/a.ts');
    const types = circle.map(({ path, text }) => file(path, text.replace('import {', 'import type {')));
    expect(cycleProblems(types)).toEqual([]);
  });

  it('catches names handed on and files called index', () => {
    const files = [file('src/a.ts', "const x = 1;\nexport * from './b.ts';"), file('src/c/index.ts', '')];
    expect(seen(barrelProblems(files))).toEqual(['src/a.ts:2', 'src/c/index.ts:1']);
  });

  it('catches relative imports without an ending and of files that are gone', () => {
    const files = [file('src/a.ts', "import './b';\nimport './c.ts';\nimport './a.ts';")];
    expect(seen(specifierProblems(files))).toEqual(['src/a.ts:1', 'src/a.ts:2']);
  });
});

describe('sizes', () => {
  it('finds declarations, methods, accessors and named arrow functions with their lines', () => {
    const source = `export async function one<T extends { a: 1 }>(
  x: T,
): Promise<{ a: string }> {
  if (x) {
    return call(() => {
      y();
    });
  }
}
class A {
  constructor() {
    go();
  }
  get two(): number { return 2; }
  async *#three(a = "){") {
    z();
  }
}
const four = async (a: string): Promise<void> => {
  z();
};
const five = { six(a) { return a; }, seven: (b) => { c(b); } };
const notOne = cond ? call(x) : { y };
interface B { eight(a: string): { b: string }; }`;
    const found = functionsOf(source).map(({ name, line, lines: count }) => `${name} ${line}+${count}`);
    expect(found).toEqual([
      'one 1+9',
      'constructor 11+3',
      'two 14+1',
      '#three 15+3',
      'four 19+3',
      'six 22+1',
      'seven 22+1',
    ]);
  });

  it('catches a file and a function that are too long, and leaves the longest allowed alone', () => {
    const body = (count: number) => `\nfunction f() {\n${lines(count - 2)}}\n`;
    expect(seen(tooLong([file('a.ts', body(71))]))).toEqual(['a.ts:2']);
    expect(seen(tooLong([file('a.ts', lines(401))]))).toEqual(['a.ts:1']);
    expect(tooLong([file('a.ts', body(70)), file('b.ts', lines(400))])).toEqual([]);
  });

  it('catches many files and functions that are rather long', () => {
    const messages = (files: SourceFile[]) => spread(files).map(({ message }) => message);
    expect(messages([file('a.ts', lines(91))])[0]).toMatch(/median file has 91 lines/);
    const mixed = [...Array(8).fill(file('a.ts', lines(9))), ...Array(2).fill(file('b.ts', lines(251)))];
    expect(messages(mixed as SourceFile[])).toEqual([
      expect.stringMatching(/90th percentile of files has 251/),
    ]);
    const long = file('a.ts', `function f() {\n${lines(11)}}\n`);
    expect(messages([long])).toEqual([expect.stringMatching(/median function has 13 lines/)]);
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
  });
});

describe('what may not occur', () => {
  it.each([
    ['src/core/a.ts', 'Date.now()'],
    ['src/core/a.ts', 'new Date()'],
    ['src/core/a.ts', 'Math.random()'],
    ['src/store/a.ts', 'crypto.randomUUID()'],
    ['src/store/a.ts', 'randomBytes(8)'],
    ['src/api/a.ts', 'process.env.PORT'],
    ['src/wire/a.ts', 'parseFloat(text)'],
    ['src/wire/a.ts', 'x.toFixed(2)'],
    ['src/store/a.ts', 'Number(row.amount)'],
    ['src/store/a.ts', 'Number(batch.totals.net)'],
    ['src/store/a.ts', 'parseInt(grossTotal, 10)'],
    ['bench/a.ts', '// TODO: faster'],
    ['src/a.ts', '/* FIXME */'],
    ['tests/a.test.ts', "it.only('x', f)"],
    ['tests/a.test.ts', "describe.skip('x', f)"],
    ['tests/a.test.ts', "it.todo('x')"],
    ['src/cli/a.ts', 'console.log(1)'],
    ['src/store/a.ts', 'const vendorId = 1'],
    ['migrations/1.sql', 'create table recipient ()'],
    ['src/api/a.ts', '"Start disbursement"'],
    ['web/console/a.tsx', '<form onSubmit={submit} noValidate>'],
  ])('catches in %s: %s', (path, text) => {
    expect(seen(banProblems([file(path, `\n${text}\n`)]))).toEqual([`${path}:2`]);
  });

  it.each([
    ['src/main/clock.ts', 'Date.now(); new Date(); Math.random(); process.env'],
    ['src/sandbox/main.ts', 'randomBytes(8)'],
    ['src/core/a.ts', 'new Date(0); // not Date.now()'],
    ['src/core/a.ts', "'process.env'"],
    ['src/core/a.ts', 'Number(row.totalItems)'],
    ['src/wire/a.ts', 'Number(amount)'],
    ['tests/a.test.ts', 'it.skipIf(noSpecs)("x", f)'],
    ['src/providers/paypal/a.ts', 'recipient_type'],
    ['src/api/a.ts', '"Last disbursement"'.replace('L', 'l')],
    ['web/console/a.tsx', '<form {...form}>'],
  ])('leaves alone in %s: %s', (path, text) => {
    expect(banProblems([file(path, text)])).toEqual([]);
  });
});

describe('documents', () => {
  it('catches links that lead nowhere, inline and as references', () => {
    const text =
      '[a](there.md) [b](../gone.md#x) [c](https://x.org) [d](#here) `[e](no.md)`\n\n[f]: gone.md\n';
    const problems = linkProblems([file('docs/a.md', text)], (path) => path === 'docs/there.md');
    expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '1 links to ../gone.md, which does not exist; mend the link',
      '3 links to gone.md, which does not exist; mend the link',
    ]);
  });

  it('catches a second title and a missing one, but not a comment in a block of code', () => {
    const good = file('good.md', '# Title\n\n```sh\n# not a title\n```\n');
    const files = [good, file('two.md', '# One\n\n# Two\n'), file('none.md', '## Part\n')];
    expect(seen(titleProblems(files))).toEqual(['two.md:3', 'none.md:1']);
  });
});

it('catches migrations that changed, were not recorded, or are gone', () => {
  const text = 'create table a ();';
  const recorded = { '1.sql': checksum(text), '2.sql': checksum(text) };
  const files = [file('migrations/1.sql', text), file('migrations/3.sql', text)];
  const problems = migrationProblems([...files, file('migrations/2.sql', `${text} `)], recorded);
  expect(seen(problems)).toEqual(['migrations/3.sql:1', 'migrations/2.sql:1']);
  expect(problems[0]?.message).toContain(`add "3.sql": "${checksum(text)}"`);
  expect(seen(migrationProblems(files.slice(1), { ...recorded, '3.sql': checksum(text) }))).toHaveLength(2);
});
