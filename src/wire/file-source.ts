import { type FileHandle, open, stat } from 'node:fs/promises';
import { fileBytesMax, FileProblem, fileProblem } from './file-issues.ts';
import { tooLarge } from './file-text.ts';

/** Bytes read at once. */
const chunkBytes = 64 * 1024;

/** Opens a regular file of at most `fileBytesMax`. Throws a `FileProblem` that says why it cannot be read. */
export async function openFile(path: string): Promise<FileHandle> {
  try {
    // Looked at before it is opened: opening a pipe waits for somebody to write into it.
    const facts = await stat(path);
    if (!facts.isFile()) throw notAFile(path);
    if (facts.size > fileBytesMax) throw tooLarge();
    return await open(path);
  } catch (error) {
    throw error instanceof FileProblem ? error : cannotOpen(path, error);
  }
}

/** The bytes of an open file; the handle stays open. */
export async function* fileBytes(handle: FileHandle): AsyncGenerator<Uint8Array> {
  yield* handle.createReadStream({ highWaterMark: chunkBytes, autoClose: false });
}

function cannotOpen(path: string, error: unknown): FileProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT') {
    return fileProblem('file_not_found', [path]);
  }
  return fileProblem('file_unreadable', [path, code]);
}

function notAFile(path: string): FileProblem {
  return fileProblem('file_not_regular', [path]);
}
