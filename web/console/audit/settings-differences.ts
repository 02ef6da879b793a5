import type { TFunction } from 'i18next';
import type { Settings } from '../../client/types.ts';
import { changesOf, factsOf } from '../settings/facts.ts';
import { type Difference, differencesOf } from './difference.ts';

/** A change of settings in the words of the settings page; what they have no words for as it is. */
export function settingsDifferences(t: TFunction, before: unknown, after: unknown): Difference[] {
  const [was, is] = [before ?? {}, after ?? {}] as [Partial<Settings>, Partial<Settings>];
  const words: TFunction = ((key: string, values?: object) =>
    t(`settings:${key}`, { ...values })) as TFunction;
  try {
    const factsIn = (part: Partial<Settings>) =>
      factsOf(words, part as Settings, Object.keys(part) as (keyof Settings)[]);
    return changesOf(words, factsIn(was), factsIn(is)).map(({ label, before: old, after: next }) => ({
      path: label,
      before: old,
      after: next,
    }));
  } catch {
    // Settings of another version.
    return differencesOf(before, after);
  }
}
