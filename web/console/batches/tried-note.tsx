import { Anchor, Checkbox, List, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { count } from '../../app/format.ts';
import { Note } from '../../ui/note.tsx';
import { countOf, type Tried, unmendedOf } from './tried-before.ts';

interface TriedNoteProps {
  readonly of: 'cycle' | 'batch' | 'chosen';
  readonly tried: readonly Tried[];
  readonly leaveOut: boolean;
  readonly onChange: (leaveOut: boolean) => void;
  /** All that would be paid, with what did not fail before. */
  readonly whole: number;
  /** Where one reads of each of them why. */
  readonly see?: Readonly<Record<string, string>>;
}

/** Says before money is sent again what would fail again and why, and leaves it out unless one wants it all the same. */
export function TriedNote({ of, tried, leaveOut, onChange, whole, see }: TriedNoteProps) {
  const { t } = useTranslation('again');
  const unmended = unmendedOf(tried);
  const others = tried.filter((one) => !one.unmended);
  const without = { count: countOf(unmended), n: count(countOf(unmended)) };
  const all = { count: countOf(tried), n: count(countOf(tried)) };
  if (all.count === 0 || (of === 'chosen' && without.count === 0)) return null;
  return (
    <Note tone="warn" title={t(`title.${of}`, of === 'chosen' ? without : all)}>
      <Stack gap="xs">
        {unmended.length > 0 && <Reasons head={t('unmended', without)} tried={unmended} />}
        {others.length > 0 && of !== 'chosen' && (
          <Reasons head={t('others', { count: countOf(others), n: count(countOf(others)) })} tried={others} />
        )}
        {unmended.length > 0 && (
          <Checkbox
            label={t('leaveOut', without)}
            checked={leaveOut}
            onChange={(event) => onChange(event.currentTarget.checked)}
          />
        )}
        {leaveOut && without.count >= whole && <Text>{t('all')}</Text>}
        {see !== undefined && (
          <Anchor component={Link} to="/payouts" search={see as never}>
            {t('see')}
          </Anchor>
        )}
      </Stack>
    </Note>
  );
}

function Reasons({ head, tried }: { readonly head: string; readonly tried: readonly Tried[] }) {
  const { t } = useTranslation('again');
  return (
    <div>
      <Text>{head}</Text>
      <List size="sm" withPadding={false}>
        {tried.map(({ code, operator, fix, count: n }) => (
          <List.Item key={code}>
            {t('reason', { n: count(n), operator })}
            <Text size="sm" c="dimmed">
              {fix}
            </Text>
          </List.Item>
        ))}
      </List>
    </div>
  );
}
