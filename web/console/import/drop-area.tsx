import { Button, FileButton, Paper, Stack, Text } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface DropAreaProps {
  readonly onFile: (file: File) => void;
}

/** Where a file is dropped; with a button for everybody who does not drag. */
export function DropArea({ onFile }: DropAreaProps) {
  const { t } = useTranslation('import');
  const [over, setOver] = useState(false);
  const forget = useRef<() => void>(null);
  const accept = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  // The same file again, mended, is a choice, too.
  const choose = (file: File | null) => {
    forget.current?.();
    if (file) onFile(file);
  };
  const leave = ({ currentTarget, relatedTarget }: DragEvent) => {
    if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
  };
  const look = {
    border: `2px dashed var(--mantine-color-${over ? 'sea-5' : 'default-border'})`,
    ...(over && { background: 'var(--mantine-color-sea-light)' }),
  };
  return (
    <Paper p="xl" style={look} onDragOver={accept} onDragLeave={leave} onDrop={drop}>
      <Stack align="center" gap="xs" ta="center">
        <Text fw={650} size="lg">
          {t('choose.drop')}
        </Text>
        <Text c="dimmed" maw={520} textWrap="balance">
          {t('choose.shapes')}
        </Text>
        <FileButton onChange={choose} resetRef={forget}>
          {(button) => <Button {...button}>{t('choose.button')}</Button>}
        </FileButton>
      </Stack>
    </Paper>
  );
}
