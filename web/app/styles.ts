/** Has the style sheets of the page hold, once they are there: it came without waiting for them, see web/vite.config.ts. */
export async function takeStyles(): Promise<void> {
  const sheets = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"][media="print"]')];
  await Promise.all(sheets.filter((link) => link.sheet === null).map((link) => loaded(link)));
  for (const link of sheets) link.media = 'all';
}

/** Or lost: a page without its looks can still be read. */
function loaded(link: HTMLLinkElement): Promise<void> {
  return new Promise((done) => {
    link.addEventListener('load', () => done(), { once: true });
    link.addEventListener('error', () => done(), { once: true });
  });
}
