import type { TFunction } from 'i18next';
import { type FormEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { faultAt } from './form-fields.ts';

type Faults = Readonly<Record<string, string>>;

/** What makes an input a field of its form. */
interface FieldProps {
  readonly 'data-field': string;
  readonly 'data-wrong': string | undefined;
  readonly error: string | undefined;
  /** A field for passwords of the kit does not say it by itself. */
  readonly 'aria-invalid': true | undefined;
}

/**
 * The field that is sent under this path. `wrong`: what the form itself finds wrong with what stands there now, where the
 * input cannot know; said when somebody tries to send it.
 */
export type At = (path: string, wrong?: string) => FieldProps;

interface FormProps {
  readonly ref: RefObject<HTMLFormElement | null>;
  readonly noValidate: true;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly onInput: () => void;
}

const none: Faults = {};
const nothing: ReadonlySet<string> = new Set();

/**
 * A form whose faults stand at their fields in our words, all at once, with the focus at the first: those of what is missing or
 * not written as it has to be, which keep it from being sent, and those of the server (`error`). A fault is gone when what it
 * was said of is mended, or for the server's, changed.
 */
export function useForm(onSubmit: () => void, error: unknown = null): { form: FormProps; at: At } {
  const { t } = useTranslation('common');
  const ref = useRef<HTMLFormElement>(null);
  const [found, setFound] = useState(none);
  const [changed, setChanged] = useState(nothing);
  const sent = useRef<ReadonlyMap<string, string>>(new Map());
  const saidAt = (path: string) => (changed.has(path) ? undefined : faultAt(error, path));
  const look = () => {
    const fields = fieldsIn(ref.current);
    const left = stillWrong(found, faultsOf(fields, t));
    if (left !== found) setFound(left);
    const other = fields.filter(
      (one) => saidAt(pathOf(one)) !== undefined && valueOf(one) !== sent.current.get(pathOf(one)),
    );
    if (other.length > 0) setChanged(new Set([...changed, ...other.map(pathOf)]));
  };
  // Values change in other ways than by typing, too: what is shown is looked at, not what was pressed.
  useLayoutEffect(look);
  useEffect(() => {
    focusFirst(fieldsIn(ref.current).filter((one) => faultAt(error, pathOf(one)) !== undefined));
  }, [error]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = fieldsIn(event.currentTarget);
    const faults = faultsOf(fields, t);
    // The words stand there before the field is reached, so that they are read with it.
    flushSync(() => {
      setFound(faults);
      setChanged(nothing);
    });
    if (focusFirst(fields.filter((one) => pathOf(one) in faults))) return;
    sent.current = new Map(fields.map((one) => [pathOf(one), valueOf(one)]));
    onSubmit();
  };
  return {
    form: { ref, noValidate: true, onSubmit: submit, onInput: look },
    at: (path, wrong) => {
      const fault = found[path] ?? saidAt(path);
      const isWrong = fault === undefined ? undefined : true;
      return { 'data-field': path, 'data-wrong': wrong, error: fault, 'aria-invalid': isWrong };
    },
  };
}

function fieldsIn(form: HTMLFormElement | null): HTMLElement[] {
  return [...(form?.querySelectorAll<HTMLElement>('[data-field]') ?? [])];
}

function pathOf(field: HTMLElement): string {
  return field.dataset['field'] ?? '';
}

function isTyped(field: Element): field is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  return /^(?:INPUT|TEXTAREA|SELECT)$/.test(field.tagName);
}

function valueOf(field: HTMLElement): string {
  return isTyped(field) ? field.value : '';
}

/** True when there is one. */
function focusFirst([first]: readonly HTMLElement[]): boolean {
  const reached = first?.matches('input, textarea, select, button')
    ? first
    : first?.querySelector<HTMLElement>('input, textarea, select, button');
  reached?.focus();
  return first !== undefined;
}

function faultsOf(fields: readonly HTMLElement[], t: TFunction<'common'>): Faults {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const fault = field.dataset['wrong'] ?? faultOf(field, t);
      return fault === undefined ? [] : [[pathOf(field), fault]];
    }),
  );
}

/** What is wrong with what stands in an input, by what the input asks for. */
function faultOf(field: HTMLElement, t: TFunction<'common'>): string | undefined {
  if (!isTyped(field) || !field.willValidate) return undefined;
  const { validity, value, required, type } = field;
  if (validity.badInput) return t('form.unfinished');
  if (required && (type === 'password' ? value : value.trim()) === '') return t('form.missing');
  if (validity.typeMismatch) return t('form.email');
  const least = field instanceof HTMLSelectElement ? 0 : field.minLength;
  if (value !== '' && value.length < least) return t('form.short', { count: least });
  return validity.valid || validity.valueMissing ? undefined : t('form.form');
}

/** Of what was found, what is left of it in the words of now; the same when nothing has become other. */
function stillWrong(found: Faults, now: Faults): Faults {
  const left = Object.keys(found).flatMap((path) =>
    now[path] === undefined ? [] : [[path, now[path]] as const],
  );
  const isSame =
    left.length === Object.keys(found).length && left.every(([path, words]) => found[path] === words);
  return isSame ? found : Object.fromEntries(left);
}
