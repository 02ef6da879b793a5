import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '../../app/live.ts';

const colors: Readonly<Record<LiveState, string>> = { live: 'teal', polling: 'gray', lost: 'red' };

/** Says whether what is shown changes by itself at once, is asked for now and then, or is old; on a phone by its colour. */
export function LiveMark({ state }: { readonly state: LiveState }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t(`shell.${state}Hint`)} events={{ hover: true, focus: true, touch: true }}>
      <Badge variant="dot" color={colors[state]} classNames={{ root: 'live-mark', label: 'live-mark-label' }}>
        {t(`shell.${state}`)}
      </Badge>
    </Tooltip>
  );
}
