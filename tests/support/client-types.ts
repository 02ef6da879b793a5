type Json = Readonly<Record<string, unknown>>;

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly [part: string]: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Json;
}

/** Types of the client, from the document: the shapes by name, and what each call takes and answers. */
export function typesOf(document: Document): string {
  const { schemas } = document['components'] as { schemas: Record<string, Json> };
  const shapes = Object.entries(schemas).map(
    ([name, schema]) => `${comment(schema)}export type ${name} = ${typeOf(schema, 0)};\n`,
  );
  return [
    '// Made from openapi.json by tests/api/openapi.test.ts with UPDATE_DOCS=1; a test fails when it is stale.\n',
    'export interface Page<T> {\n  data: T[];\n  /** Names the next page; null on the last. */\n  nextCursor: string | null;\n}\n',
    ...shapes,
    '/** What each call takes and answers, by method and path; below `/api/admin` unless it begins with `/api/`. */',
    `export interface Calls {\n${callsOf(document).join('\n')}\n}\n`,
  ].join('\n');
}

function callsOf({ paths }: Document): string[] {
  const methods = Map.groupBy(
    Object.entries(paths).flatMap(([path, operations]) =>
      !path.startsWith('/api') || path.startsWith('/api/webhooks')
        ? []
        : Object.entries(operations).map(([method, operation]) => ({
            method,
            path,
            operation: operation as Json,
          })),
    ),
    (one) => one.method.toUpperCase(),
  );
  return [...methods].map(([method, calls]) => {
    const lines = calls.map(
      ({ path, operation }) =>
        `    ${quoted(path.replace(/^\/api\/admin(?=\/)/, ''))}: ${callOf(operation)};`,
    );
    return `  ${method}: {\n${lines.join('\n')}\n  };`;
  });
}

/** One call: its path and query parameters, its body and its answer. */
function callOf(operation: Json): string {
  const parameters = (operation['parameters'] ?? []) as Partial<Parameter>[];
  const body = operation['requestBody'] as { required: boolean; content: Record<string, Media> } | undefined;
  const parts = [
    placed('params', parameters, 'path'),
    placed('query', parameters, 'query'),
    ...(body ? [`body${body.required ? '' : '?'}: ${mediaOf(body.content)}`] : []),
    `answer: ${answerOf(operation['responses'] as Record<string, { content?: Record<string, Media> }>)}`,
  ];
  const lines = parts.filter((part) => part !== '').map((part) => `      ${part};\n`);
  return `{\n${lines.join('')}    }`;
}

interface Media {
  readonly schema: Json;
}

function placed(name: string, parameters: readonly Partial<Parameter>[], place: string): string {
  const own = parameters.filter((parameter) => parameter.in === place) as Parameter[];
  if (own.length === 0) return '';
  const isOptional = own.every((parameter) => !parameter.required);
  const fields = own.map(
    (one) =>
      `${key(one.name)}${one.required ? '' : '?'}: ${typeOf(one.schema, 3)}${one.required ? '' : ' | undefined'}`,
  );
  return `${name}${isOptional ? '?' : ''}: { ${fields.join('; ')} }`;
}

function answerOf(responses: Record<string, { content?: Record<string, Media> }>): string {
  const yes = Object.entries(responses).find(([status]) => status.startsWith('2'));
  return yes?.[1].content ? mediaOf(yes[1].content) : 'undefined';
}

function mediaOf(content: Record<string, Media>): string {
  const [type, media] = Object.entries(content)[0] ?? [];
  return type?.startsWith('text/') ? 'string' : typeOf(media?.schema ?? {}, 3);
}

function typeOf(schema: Json, depth: number): string {
  if (typeof schema['$ref'] === 'string') return schema['$ref'].slice(schema['$ref'].lastIndexOf('/') + 1);
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']).replaceAll('"', "'");
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => quoted(String(value))).join(' | ');
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined;
  if (choices) return [...new Set(choices.map((choice) => typeOf(choice, depth)))].join(' | ');
  const types = [schema['type']].flat();
  return types.map((type) => plain(type, schema, depth)).join(' | ');
}

function plain(type: unknown, schema: Json, depth: number): string {
  switch (type) {
    case 'object':
      return objectOf(schema, depth);
    case 'array': {
      const items = typeOf((schema['items'] ?? {}) as Json, depth);
      return items.includes(' ') && !items.startsWith('{') ? `(${items})[]` : `${items}[]`;
    }
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    default:
      return 'not' in schema ? 'never' : 'unknown';
  }
}

function objectOf(schema: Json, depth: number): string {
  const required = (schema['required'] ?? []) as string[];
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, Json>);
  const more = schema['additionalProperties'];
  if (fields.map(([name]) => name).join(' ') === 'data nextCursor') {
    return `Page<${typeOf((fields[0]?.[1]['items'] ?? {}) as Json, depth)}>`;
  }
  if (fields.length === 0) {
    return `Record<string, ${typeof more === 'object' && more !== null ? typeOf(more as Json, depth) : 'unknown'}>`;
  }
  const indent = '  '.repeat(depth + 1);
  const lines = fields.map(
    ([name, field]) =>
      `${comment(field, indent)}${indent}${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(field, depth + 1)};`,
  );
  const rest = typeof more === 'object' ? [`${indent}[fact: string]: unknown;`] : [];
  return `{\n${[...lines, ...rest].join('\n')}\n${'  '.repeat(depth)}}`;
}

function comment(schema: Json, indent = ''): string {
  return typeof schema['description'] === 'string' ? `${indent}/** ${schema['description']}. */\n` : '';
}

function key(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}
