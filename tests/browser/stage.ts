import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import type { Role } from '../../src/core/roles.ts';
import type { Story } from '../e2e/story.ts';
import { openStory } from '../e2e/story.ts';
import { openChromium } from './chromium.ts';
import type { Member } from './people.ts';
import { addMember } from './people.ts';

/** A test is a whole story, and a slow machine tells it slowly; what a page may take is limited for each step. */
const testMs = 180_000;

type Env = Readonly<Record<string, string>>;
/** Role and name of each of the team. */
export type Cast<Name extends string> = Readonly<Record<Name, readonly [Role, string]>>;

/** A server with its sandboxes, a browser, and the people of the team whom a file is about. */
export type Stage<Name extends string = never> = Readonly<Record<Name, Member>> & {
  readonly story: Story;
  readonly browser: Browser;
};

/**
 * Opens all of it at once before the tests of a file, lets the file set up its own, and closes it after them. Pages that a test
 * opens end with that test: an open page asks for news with every change of all that come after it.
 */
export function openStage<Name extends string>(
  cast: Cast<Name>,
  setUp: (stage: Stage<Name>) => Promise<void> | void,
  env: Env | (() => Promise<Env>) = {},
): void {
  vi.setConfig({ testTimeout: testMs });
  let story: Story | undefined;
  let browser: Browser | undefined;
  let lasting: ReturnType<Browser['contexts']> = [];
  const launch = async () => (browser = await openChromium());
  const begin = async () => {
    story = await openStory(typeof env === 'function' ? await env() : env);
    return { story, ...(await join(story, cast)) };
  };
  beforeAll(async () => {
    const [launched, begun] = await Promise.all([launch(), begin()]);
    await setUp({ browser: launched, ...begun });
    lasting = launched.contexts();
  });
  afterEach(async () => {
    const own = browser?.contexts().filter((context) => !lasting.includes(context)) ?? [];
    await Promise.all(own.map((context) => context.close()));
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), story?.close()]);
  });
}

async function join<Name extends string>(story: Story, cast: Cast<Name>): Promise<Record<Name, Member>> {
  const joining = Object.entries<Cast<Name>[Name]>(cast).map(
    async ([key, [role, name]]) => [key, await addMember(story, role, name)] as const,
  );
  // The keys are those of the cast.
  return Object.fromEntries(await Promise.all(joining)) as Record<Name, Member>;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
/** More than any test lets pass. */
const scheduleAheadDays = 5;

/** Moves the schedule out of the days that a test lets pass, whenever it runs; answers the day on which everybody is asked for now. */
export async function scheduleLater(story: Story): Promise<string> {
  const day = ((await story.now()).getUTCDay() + scheduleAheadDays) % weekdays.length;
  const set = await story.ask('PATCH', '/api/admin/settings', { payoutSchedule: `0 17 * * ${day}` });
  if (set.status !== 200) throw new Error(`the schedule was not set: ${set.text}`);
  return weekdays[day] ?? '';
}
