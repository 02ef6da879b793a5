import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tableFits, tableLimits } from '../../../src/wire/table-limits.ts';
import { count } from '../../app/format.ts';
import { Note } from '../../ui/note.tsx';
import { DropArea } from './drop-area.tsx';
import { type ImportFile, textOf } from './import-file.ts';

/** Larger files are for the command line: no character of a text takes more bytes. */
const bytesMax = 3 * tableLimits.chars;

interface ChooseFileProps {
  readonly onFile: (file: ImportFile) => void;
}

/** Drop a file, choose one, or paste rows. It stays in this page until it is recorded. */
export function ChooseFile({ onFile }: ChooseFileProps) {
  const { t } = useTranslation('import');
  const [trouble, setTrouble] = useState<'large' | 'encoding' | null>(null);
  // What the server would not look at is not sent to it.
  const hand = (file: ImportFile & { csv: string }) => {
    const fits = tableFits(file);
    setTrouble(fits ? null : 'large');
    if (fits) onFile(file);
  };
  const take = async (file: File) => {
    if (file.size > bytesMax) {
      setTrouble('large');
      return;
    }
    try {
      hand({ name: file.name, csv: await textOf(file) });
    } catch {
      // Nothing but the decoder throws here: the bytes are no text.
      setTrouble('encoding');
    }
  };
  return (
    <Stack>
      <DropArea onFile={(file) => void take(file)} />
      {trouble !== null && (
        <Note tone="bad" urgent title={t(`choose.${trouble}`)}>
          {t(`choose.${trouble}Todo`, limits())}
        </Note>
      )}
      <Paste onFile={hand} />
    </Stack>
  );
}

function limits() {
  const { rows, columns, cells, chars } = tableLimits;
  return { rows: count(rows), columns: count(columns), cells: count(cells), chars: count(chars) };
}

interface PasteProps {
  readonly onFile: (file: { name: string; csv: string }) => void;
}

function Paste({ onFile }: PasteProps) {
  const { t } = useTranslation('import');
  const [open, { toggle }] = useDisclosure(false);
  const [text, setText] = useState('');
  if (!open)
    return (
      <Button variant="subtle" onClick={toggle} style={{ alignSelf: 'center' }}>
        {t('paste.open')}
      </Button>
    );
  return (
    <Stack>
      <Textarea
        label={t('paste.label')}
        description={t('paste.hint')}
        placeholder={t('paste.example')}
        minRows={5}
        autosize
        maxRows={16}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button disabled={text.trim() === ''} onClick={() => onFile({ name: t('paste.name'), csv: text })}>
          {t('paste.check')}
        </Button>
      </Group>
    </Stack>
  );
}
