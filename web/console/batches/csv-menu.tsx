import { Button, type ButtonProps, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languageOf, teamLanguageOf } from '../../../src/core/language.ts';
import { count } from '../../app/format.ts';
import { buckets, type Counts } from './buckets.ts';

interface CsvMenuProps extends Pick<ButtonProps, 'variant' | 'size'> {
  readonly batchId: string;
  readonly counts: Counts;
  readonly total: number;
}

/** A file of the items of a batch: all of them, or those of one outcome. */
export function CsvMenu({ batchId, counts, total, ...looks }: CsvMenuProps) {
  const { t, i18n } = useTranslation('batches');
  // A link says nothing of the language that was chosen here.
  const language = teamLanguageOf(languageOf(i18n.language));
  const address = (status: string) =>
    `/api/admin/payout-batches/${encodeURIComponent(batchId)}/export.csv?status=${status}&language=${language}`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" {...looks}>
          {t('csv.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={address('all')} download>
          {t('csv.one', { what: t('bucket.all'), n: count(total) })}
        </Menu.Item>
        {buckets
          .filter((bucket) => counts[bucket] > 0)
          .map((bucket) => (
            <Menu.Item key={bucket} component="a" href={address(bucket)} download>
              {t('csv.one', { what: t(`bucket.${bucket}`), n: count(counts[bucket]) })}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
