import type { Refusal } from './refusal.ts';
import { refuse } from './refusal.ts';
import { telling } from './told.ts';

/** Keys that a refusal names; the list of keys shows all. */
const namedMax = 20;

/** What becomes of the keys that somebody made who leaves or is an owner no more. */
export type KeysOfLeaver = 'revoke' | 'keep';

/** Nobody leaves keys behind in silence, nor stops a program with theirs: which ones there are, so that the caller says. */
export function refuseUndecided(
  keys: readonly { publicId: string; name: string; prefix: string }[],
): Refusal {
  const named = keys.slice(0, namedMax);
  const list = named.map(({ name, prefix }) => `“${name}” (${prefix}…)`).join(', ');
  const liste = named.map(({ name, prefix }) => `« ${name} » (${prefix}…)`).join(', ');
  const over = keys.length - named.length;
  const ids = named.map(({ publicId }) => publicId).join(' ');
  return telling(refuse('keys_undecided', { keyCount: keys.length, keyIds: ids }), {
    en: {
      message: `This person made API keys that still work: ${list}${over > 0 ? ` and ${over} more` : ''}. Nothing was changed.`,
    },
    fr: {
      message: `Cette personne a créé des clés d’API qui fonctionnent encore : ${liste}${over > 0 ? ` et ${over} de plus` : ''}. Rien n’a été changé.`,
    },
  });
}
