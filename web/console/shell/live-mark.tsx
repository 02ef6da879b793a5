import { Badge, Box, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '../../app/live.ts';

const colors: Readonly<Record<LiveState, string>> = { live: 'teal', polling: 'gray', lost: 'red' };

/** Says whether what is shown changes by itself at once, is asked for now and then, or is old; on a phone by its colour. */
export function LiveMark({ state }: { readonly state: LiveState }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t(`shell.${state}Hint`)} events={{ hover: true, focus: true, touch: true }}>
      <Box>
        <Badge variant="dot" color={colors[state]} visibleFrom="sm">
          {t(`shell.${state}`)}
        </Badge>
        <Box
          hiddenFrom="sm"
          role="img"
          aria-label={t(`shell.${state}`)}
          w={10}
          h={10}
          bg={`${colors[state]}.6`}
          style={{ borderRadius: 10 }}
        />
      </Box>
    </Tooltip>
  );
}
