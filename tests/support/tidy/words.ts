import { lineAt, type Problem, type SourceFile } from './files.ts';
import { mask } from './mask.ts';

/** A pattern that may not occur, where, and what to do instead. */
interface Ban {
  readonly pattern: RegExp;
  /** Where it is looked for: code without strings and comments, comments alone, or the whole text. */
  readonly part: 'code' | 'comments' | 'text';
  /** Beginnings of paths it is looked for in. */
  readonly within: readonly string[];
  /** Beginnings of paths where it is right. */
  readonly except?: readonly string[];
  readonly message: string;
}

/** The one place that may ask the machine; the sandbox is another program with its own. */
const machineSide = ['src/main/', 'src/sandbox/'];

const bans: readonly Ban[] = [
  {
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)|\bnew Date\b(?!\s*\()|(?<!\bnew )(?<![\w.])Date\(\s*\)/g,
    part: 'code',
    within: ['src/'],
    except: machineSide,
    message: 'reads the clock; take the time as an argument, src/main hands it in',
  },
  {
    pattern: /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\brandomInt\b|\bgetRandomValues\b/g,
    part: 'code',
    within: ['src/'],
    except: machineSide,
    message: 'makes randomness; take it as an argument, src/main hands it in',
  },
  {
    pattern: /\bprocess\.env\b/g,
    part: 'code',
    within: ['src/'],
    except: machineSide,
    message: 'reads the environment; take the setting as an argument, src/main/config.ts reads it',
  },
  {
    pattern: /\bparseFloat\b|\.toFixed\(/g,
    part: 'code',
    within: ['src/'],
    message: 'makes a float of money or text of a float; use parseAmount and formatAmount of core/money.ts',
  },
  {
    pattern:
      /\b(?:Number|parseInt)\(\s*(?:\w+[.?]+)*\w*(?:amount|total|fee|gross|net|balance|minor)s?\s*[),]/gi,
    part: 'code',
    within: ['src/'],
    // What goes over HTTP is a JSON number: wire checks that it is a safe integer.
    except: ['src/wire/'],
    message: 'turns an amount into a float; amounts stay bigint until src/wire presents them',
  },
  {
    pattern: /\b(?:TODO|FIXME|XXX|HACK)\b/g,
    part: 'comments',
    within: [''],
    message: 'is a leftover; do it now, or say as a fact what is not done and why',
  },
  {
    pattern: /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:only|skip|todo)\b/g,
    part: 'code',
    within: ['src/', 'tests/'],
    message: 'leaves tests out; mend the test, or use skipIf with a reason that is printed',
  },
  {
    pattern: /\bconsole\./g,
    part: 'code',
    within: ['src/'],
    message: 'writes past the log and the command line; use the logger or the output that is handed in',
  },
  {
    pattern: /<form\b(?! \{\.\.\.form\}>)/g,
    part: 'code',
    within: ['web/'],
    message:
      'leaves what is missing to the bubble of the browser; spread `form` of useForm of web/app/form.ts',
  },
  // One word for one thing, so that a search finds all of it (docs/glossary.md).
  {
    pattern: /vendor/gi,
    part: 'text',
    within: ['src/', 'migrations/'],
    message: 'says "vendor"; who is paid is a payee',
  },
  {
    pattern: /recipient/gi,
    part: 'text',
    within: ['src/', 'migrations/'],
    // Providers' own formats and columns of other systems' files say recipient.
    except: ['src/providers/', 'src/sandbox/', 'src/wire/'],
    message: 'says "recipient"; who is paid is a payee',
  },
  {
    pattern: /(?<!last )disbursement/gi,
    part: 'text',
    within: ['src/', 'migrations/'],
    except: ['src/providers/', 'src/sandbox/', 'src/wire/'],
    message: 'says "disbursement"; it is a payout or a batch',
  },
];

/** Every place where something banned occurs. */
export function banProblems(files: readonly SourceFile[], rules = bans): Problem[] {
  return files.flatMap((file) => {
    const parts = { ...mask(file.text), text: file.text };
    return rules
      .filter((ban) => ban.within.some((start) => file.path.startsWith(start)))
      .filter((ban) => !(ban.except ?? []).some((start) => file.path.startsWith(start)))
      .flatMap((ban) =>
        [...parts[ban.part].matchAll(ban.pattern)].map((match) => ({
          path: file.path,
          line: lineAt(file.text, match.index),
          message: `\`${match[0].trim()}\` ${ban.message}`,
        })),
      );
  });
}
