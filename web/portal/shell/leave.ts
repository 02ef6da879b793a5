import i18next from 'i18next';

let isLeaving = false;

/** To the sign-in page, in the language of this one. Nothing of the payee stays in the page's memory. */
export function toDoor(): void {
  leaveFor(`/portal/sign-in?lang=${i18next.language}`);
}

/** The same for whoever was put out: the sign-in leads back to this page. */
export function toDoorAndBack(): void {
  const { pathname, search } = window.location;
  leaveFor(`/portal/sign-in?lang=${i18next.language}&to=${encodeURIComponent(pathname + search)}`);
}

function leaveFor(address: string): void {
  if (isLeaving) return;
  isLeaving = true;
  window.location.replace(address);
}
