import { httpClient } from '../../src/cli/client.ts';
import type { Command } from '../../src/cli/command.ts';
import { runCommand } from '../../src/cli/command.ts';
import type { House } from './support.ts';

/** Runs a command against a house, as the owner unless told otherwise; answers its exit code and all it said. */
export async function runAt(
  house: House,
  command: Command,
  args: readonly string[],
  { key = house.keys.owner, answer = '' }: { key?: string; answer?: string } = {},
): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const say = (text: string) => void lines.push(text);
  const io = {
    out: say,
    err: say,
    interactive: answer !== '',
    signal: new AbortController().signal,
    nowMs: () => house.clock.ms,
    ask: (question: string) => {
      say(question);
      return Promise.resolve(answer);
    },
    connect: () => Promise.resolve(httpClient(house.url, key)),
  };
  const code = await runCommand(io, command, args);
  return { code, said: lines.join('\n') };
}
