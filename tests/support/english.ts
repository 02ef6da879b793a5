/** Words that no French sentence has and nearly every English one. */
const stopWords =
  /(?:^|[\s"(])(the|is|was|are|were|of|and|that|this|with|has|been|must|not|it|be|an|does|which|nothing)(?=[\s.,;:!?)"]|$)/giu;

/** English words in a text that shall be French. */
export function english(text: string): string[] {
  return [...text.matchAll(stopWords)].map(([, word]) => word ?? '');
}
