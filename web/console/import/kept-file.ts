import type { ImportFile } from './import-file.ts';
import type { Where } from './import-calls.ts';

// A file lies in this tab until it is recorded, or the tab is closed: going to another page, or loading this one anew, loses no
// corrected cell. It names people, so it is never anywhere else, and nobody but the one who chose it is shown it.

const keptAs = 'purser.import';
/** Of the text of a file with its cells; browsers keep some 5 million for a tab. Larger ones are asked about when one leaves. */
const charsMax = 1_500_000;

/** A file and where it was to go. */
export interface Kept {
  readonly file: ImportFile;
  readonly where: Where;
}

/** Keeps the file of this person; false: it is too large. */
export function keepFile(person: string, kept: Kept): boolean {
  const text = JSON.stringify({ person, ...kept });
  if (text.length > charsMax) {
    forgetFile();
    return false;
  }
  try {
    sessionStorage.setItem(keptAs, text);
    return true;
  } catch {
    // The browser has no room for it.
    forgetFile();
    return false;
  }
}

/** What was kept for this person; what is somebody else's goes away. */
export function keptFile(person: string): Kept | null {
  const text = sessionStorage.getItem(keptAs);
  if (text === null) return null;
  // Nobody but `keepFile` writes there.
  const { person: owner, ...kept } = JSON.parse(text) as Kept & { person: string };
  if (owner === person) return kept;
  forgetFile();
  return null;
}

/** It was recorded, another one is taken, or its owner signs out. */
export function forgetFile(): void {
  sessionStorage.removeItem(keptAs);
}
