import { Button, Group as Row, Skeleton, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { tell } from '../../app/tell.ts';
import { useDeed } from '../../app/deed.ts';
import { faultAt, type FieldNames } from '../../app/form-fields.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { Facts } from '../../ui/facts.tsx';
import { ReasonedButton } from '../../ui/reasoned.tsx';
import { Section } from '../../ui/section.tsx';
import { Changes } from './changes.tsx';
import type { Settings } from '../../client/types.ts';
import { type Draft, draftOf, type Line, type Patch, patchOf, readDraft, shares, wholes } from './draft.ts';
import { changesOf, factsOf } from './facts.ts';
import { Field } from './field.tsx';
import type { Group } from './groups.ts';
import { settingsQuery } from './settings-query.ts';

/** One group: fields for whoever may change it, words for everybody else. */
export function SettingsGroup({ group, mayChange }: { readonly group: Group; readonly mayChange: boolean }) {
  const { t } = useTranslation('settings');
  const { data } = useQuery(settingsQuery);
  return (
    <Section title={t(`groups.${group.key}.title`)} lead={t(`groups.${group.key}.lead`)}>
      {data === undefined && <Skeleton h={60} />}
      {data && !mayChange && <Facts facts={factsOf(t, data, group.names)} />}
      {data && mayChange && <GroupForm settings={data} group={group} />}
    </Section>
  );
}

function GroupForm({ settings, group }: { readonly settings: Settings; readonly group: Group }) {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  // Only what was touched: what somebody else changes meanwhile shows up around it.
  const [touched, setTouched] = useState<Partial<Draft>>({});
  const draft: Draft = { ...draftOf(settings), ...touched };
  const { settings: after, faults } = readDraft(draft);
  const mine = faults.filter(({ key }) => group.names.includes(key));
  const changes = changesOf(t, factsOf(t, settings, group.names), factsOf(t, after, group.names));
  const save = useDeed((body: Patch) => api.patch('/settings', { body }), {
    what: () => t('saveWhat', { group: t(`groups.${group.key}.title`) }),
    onDone: (answered) => {
      // What was saved is what the next change starts from, before anything is asked anew.
      queries.setQueryData(settingsQuery.queryKey, answered);
      setTouched({});
      tell(t('saved'));
    },
  });
  const reason = mine.length > 0 ? t('mendFirst') : changes.length === 0 ? t('nothingChanged') : undefined;
  const fields = fieldsOf(draft, group.names, (name) => t(`names.${name}`));
  const isTouched = Object.keys(touched).length > 0;
  return (
    <Stack>
      {group.names.map((name) => (
        <Field
          key={name}
          name={name}
          draft={draft}
          faults={mine.filter(({ key }) => key === name)}
          wrong={(path) => faultAt(save.error, path)}
          onChange={(change) => setTouched({ ...touched, ...change })}
        />
      ))}
      {save.error !== null && <TroubleNote error={save.error} fields={fields} />}
      {mine.length === 0 && <Changes changes={changes} />}
      {isTouched && (
        <Row>
          <ReasonedButton
            reason={reason}
            loading={save.isPending}
            onClick={() => save.mutate(patchOf(settings, after, group.names))}
          >
            {t('save')}
          </ReasonedButton>
          <Button variant="subtle" onClick={() => setTouched({})}>
            {t('discard')}
          </Button>
        </Row>
      )}
    </Stack>
  );
}

/** Settings that are one field show what is wrong with them, and lines what is wrong with each; the others are named. */
function fieldsOf(
  draft: Draft,
  names: readonly (keyof Draft)[],
  labelOf: (name: keyof Draft) => string,
): FieldNames {
  return Object.fromEntries(
    names.flatMap((name): [string, string | null][] => {
      const value = draft[name];
      if (Array.isArray(value))
        return [
          [name, labelOf(name)],
          ...value.map((line) => [`${name}.${(line as Partial<Line>).name ?? ''}`, null] as [string, null]),
        ];
      const saysItself = name in wholes || name in shares || name === 'payoutSchedule';
      return [[name, saysItself ? null : labelOf(name)]];
    }),
  );
}
