import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** Run by Node, does what curl does with the options of the recipes: for machines that have none. */
export const curlStandIn = import.meta.filename;

export function hasCurl(searched: string): boolean {
  return searched.split(path.delimiter).some((folder) => existsSync(path.join(folder, 'curl')));
}

async function curl(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      silent: { type: 'boolean', short: 's' },
      'show-error': { type: 'boolean', short: 'S' },
      'fail-with-body': { type: 'boolean' },
      header: { type: 'string', short: 'H', multiple: true, default: [] },
      request: { type: 'string', short: 'X' },
      data: { type: 'string', short: 'd' },
      output: { type: 'string', short: 'o' },
      'remote-name': { type: 'boolean', short: 'O' },
      'remote-header-name': { type: 'boolean', short: 'J' },
      cookie: { type: 'string', short: 'b' },
      'cookie-jar': { type: 'string', short: 'c' },
    },
  });
  const { data, cookie, output } = values;
  const jar = values['cookie-jar'];
  const body = data?.startsWith('@') === true ? readFileSync(data.slice(1), 'utf8') : data;
  const headers = values.header.map((line) => line.split(/: (.*)/s, 2) as [string, string]);
  if (cookie !== undefined) headers.push(['cookie', readFileSync(cookie, 'utf8')]);
  const answer = await fetch(positionals[0] ?? '', {
    method: values.request ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  const cookies = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
  if (jar !== undefined) writeFileSync(jar, cookies.join('; '));
  const named = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1];
  const file = output ?? (values['remote-name'] === true ? named : undefined);
  if (file === undefined) process.stdout.write(text);
  else writeFileSync(file, text);
  return answer.ok ? 0 : 22;
}

if (import.meta.main) process.exitCode = await curl(process.argv.slice(2));
