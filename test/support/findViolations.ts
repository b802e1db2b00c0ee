import { posix } from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const BROWSER = ['core', 'transport', 'storage', 'markdown', 'react', 'components'];

/** Which folders of src a folder may import; itself is always allowed. The three files are the entries beside them. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  transport: ['core'],
  storage: ['core'],
  markdown: [],
  react: ['core', 'transport', 'storage'],
  components: ['core', 'react', 'markdown'],
  embed: BROWSER,
  // The two ends of the wire share nothing with the client or with each other, so that a bug cannot sit on both and go unseen.
  proxy: [],
  emulator: [],
  cli: ['proxy', 'emulator'],
  'index.ts': [...BROWSER, 'core.ts'],
  'core.ts': ['core', 'transport', 'storage'],
  'math.ts': ['markdown'],
};

/** Which folders may import a package. One that is not listed may be imported nowhere. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  react: ['react', 'components', 'markdown', 'embed'],
  'react-dom': ['react', 'components', 'markdown', 'embed'],
  zustand: ['core'],
  ulid: ['emulator'],
  idb: ['storage'],
  valibot: ['storage', 'proxy', 'emulator'],
  'eventsource-parser': ['transport'],
  'lucide-react': ['components'],
  temml: ['markdown'],
  hono: ['proxy', 'emulator', 'cli'],
  '@hono/node-server': ['proxy', 'emulator', 'cli'],
  minisearch: ['emulator'],
  'node:': ['proxy', 'emulator', 'cli'],
};

/** Which folders may import files that are no code. */
const ASSETS: readonly { readonly ends: string; readonly folders: readonly string[] }[] = [
  { ends: '.css?inline', folders: ['embed'] },
  { ends: '.md?raw', folders: ['emulator'] },
];

/** Every import that the house does not allow, as sentences. */
export function findViolations(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (!Object.hasOwn(FOLDERS, room)) return [`${file.path} is in "${room}", which is no room of this house`];
    return importsOf(file).flatMap((specifier) => {
      const problem = specifier.startsWith('.') ? crossing(file.path, room, specifier) : foreign(room, specifier);
      return problem ? [`${file.path} imports ${specifier}: ${problem}`] : [];
    });
  });
}

/** The part of src a file belongs to: its folder, or the file itself where it stands beside them. */
function roomOf(path: string): string {
  return path.split('/')[1] ?? path;
}

function crossing(from: string, room: string, specifier: string): string | null {
  const asset = ASSETS.find(({ ends }) => specifier.endsWith(ends));
  if (asset) return asset.folders.includes(room) ? null : `only ${asset.folders.join(', ')} may import such a file`;
  const path = posix.join(posix.dirname(from), specifier);
  if (!path.startsWith('src/')) return 'it is outside of src';
  if (!path.endsWith('.js')) return 'only code is imported; styles are for the page to load';
  const target = roomOf(path).replace(/\.js$/, '.ts');
  return target === room || FOLDERS[room]?.includes(target) ? null : `${room} may not know ${target}`;
}

function foreign(room: string, specifier: string): string | null {
  const name = specifier.startsWith('node:') ? 'node:' : packageOf(specifier);
  const rooms = Object.hasOwn(PACKAGES, name) ? PACKAGES[name] : undefined;
  if (!rooms) return 'this package is not one of ours';
  return rooms.includes(room) ? null : `only ${rooms.join(', ')} may use it`;
}

function packageOf(specifier: string): string {
  const [scope = '', name] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

/** Every module that a file names, in whatever form. */
export function importsOf({ path, text }: SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier && ts.isStringLiteralLike(specifier)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(
    ts.createSourceFile(
      path,
      text,
      ts.ScriptTarget.Latest,
      true,
      path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
    ),
  );
  return found;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  return isImport || isRequire ? node.arguments[0] : undefined;
}

/** Lines that hold code: neither blank nor comment only. */
export function countCodeLines({ path, text }: SourceFile): number {
  const scanner = ts.createScanner(
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.LanguageVariant.JSX : ts.LanguageVariant.Standard,
    text,
  );
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const lines = new Set<number>();
  const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) {
    for (let line = lineOf(scanner.getTokenStart()); line <= lineOf(scanner.getTokenEnd() - 1); line += 1)
      lines.add(line);
  }
  return lines.size;
}
