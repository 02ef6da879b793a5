import { Button, CopyButton, Group, Stack, Text, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

interface ShownOnceProps {
  /** What it is, for its name: "Key". */
  readonly name: string;
  readonly secret: string;
  readonly copy: string;
  readonly copied: string;
  /** What holds for it: that it is shown this once, until when it is good. */
  readonly children?: ReactNode;
  readonly more?: ReactNode;
  /** The word that ends it, where it stands in a dialog of its own. */
  readonly done?: string;
  readonly onDone?: () => void;
}

/** A secret that is on no other page, with a button that copies it. */
export function ShownOnce(props: ShownOnceProps) {
  const { name, secret, copy, copied, children, more, done, onDone } = props;
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end">
        <Textarea
          label={name}
          flex="1 1 240px"
          value={secret}
          readOnly
          autosize
          minRows={1}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', overflowWrap: 'anywhere' } }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={secret}>
          {({ copied: isCopied, copy: doCopy }) => (
            <Button
              variant="default"
              leftSection={<Icon name={isCopied ? 'check' : 'copy'} />}
              onClick={doCopy}
              aria-live="polite"
            >
              {isCopied ? copied : copy}
            </Button>
          )}
        </CopyButton>
        {more}
      </Group>
      {children !== undefined && (
        <Text size="sm" c="dimmed" component="div">
          {children}
        </Text>
      )}
      {onDone && (
        <Group justify="flex-end">
          <Button onClick={onDone}>{done}</Button>
        </Group>
      )}
    </Stack>
  );
}
