import type { Right } from '../../src/core/roles.ts';
import type { IconName } from '../ui/icons.tsx';

/** A page of the console that the navigation and the palette lead to. `key` names its texts, `nav.inbox`, and its drawing. */
export interface Place {
  readonly key: IconName;
  readonly to: string;
  readonly needs: Right;
}

interface Section {
  readonly key: string;
  readonly places: readonly Place[];
}

const place = (key: IconName, to: string, needs: Right = 'read'): Place => ({ key, to, needs });

/**
 * What needs somebody comes first. Reconciliation and alerts get their lines in `money` and `now` when their pages come,
 * outgoing webhooks theirs after `developers`.
 */
export const sections: readonly Section[] = [
  { key: 'now', places: [place('inbox', '/'), place('status', '/status'), place('approvals', '/approvals')] },
  {
    key: 'pay',
    places: [
      place('cycles', '/cycles'),
      place('payouts', '/payouts'),
      place('payees', '/payees'),
      place('import', '/import', 'operate'),
    ],
  },
  {
    key: 'money',
    places: [place('float', '/float'), place('numbers', '/numbers'), place('audit', '/audit')],
  },
  {
    key: 'set',
    places: [
      place('settings', '/settings'),
      place('people', '/people', 'own'),
      place('developers', '/developers', 'own'),
    ],
  },
];

/** All of them in one row. */
export const places: readonly Place[] = sections.flatMap((section) => section.places);

/** After `g`: where one key leads. */
export const goKeys: Readonly<Record<string, { readonly key: IconName; readonly to: string }>> = {
  i: { key: 'inbox', to: '/' },
  p: { key: 'payouts', to: '/payouts' },
  a: { key: 'approvals', to: '/approvals' },
  c: { key: 'cycles', to: '/cycles' },
};
