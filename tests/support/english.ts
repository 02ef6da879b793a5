/** Words that English cannot do without, and French does not have. */
const telltale = /\b(the|is|are|was|were|of|to|and|it|has|have|not|with|by|from|can|be|nobody|nothing)\b/gi;
/** What is the same in every language. */
const everywhere = /`[^`]*`|purser [a-z-]+/g;

/** English words of a text, in their order. */
export function english(text: string): string[] {
  return text.replaceAll(everywhere, '').match(telltale) ?? [];
}
