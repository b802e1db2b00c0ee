/** What a language's code is read by. All patterns take time in proportion to what they match: none goes back over what it has read. */
export interface CodeLanguage {
  /** Source of the patterns of comments and of texts. */
  readonly comment: string;
  readonly string: string;
  readonly keywords: ReadonlySet<string>;
  /** `SELECT` is `select`. */
  readonly isCaseless: boolean;
  /** Source of the pattern of what is a name beside words before a parenthesis and capitalised ones. */
  readonly name: string;
  /** Source of the pattern of words; it takes whatever a name's pattern looks at, so that the same letters are not looked at once each. */
  readonly word: string;
}

const slashes = '\\/\\/[^\\n]*|\\/\\*[^]*?(?:\\*\\/|$)';
// At the start of a word only: `a#b` and `$#` are none.
const hash = '(?<!\\S)#[^\\n]*';
const dashes = '--[^\\n]*';
const markup = '<!--[^]*?(?:-->|$)';

const double = '"(?:[^"\\\\\\n]|\\\\[^])*"?';
const single = "'(?:[^'\\\\\\n]|\\\\[^])*'?";
const backticks = '`(?:[^`\\\\]|\\\\[^])*`?';
const triple = '"""[^]*?(?:"""|$)|\'\'\'[^]*?(?:\'\'\'|$)';
// Of a `'a` in Rust, only what is closed at once is a text: the rest are lifetimes.
const character = "'(?:[^'\\\\\\n]|\\\\[^\\n]{1,8})'";

const variable = '\\$\\{?[\\w@#?*!-]+\\}?';
const key = '[\\w.-]+(?=[ \\t]{0,4}:(?:\\s|$))';

const c =
  'break case catch class const continue default do double else enum extends false final finally float for goto if import int interface long new null private protected public return short static super switch this throw true try void volatile while boolean char';
const values = 'true false null';

function language(
  comment: string,
  string: string,
  keywords: string,
  {
    name = '(?!)',
    word = '[\\w$]+',
    isCaseless = false,
  }: Partial<Pick<CodeLanguage, 'name' | 'word' | 'isCaseless'>> = {},
): CodeLanguage {
  return { comment, string, keywords: new Set(keywords.split(' ')), name, word, isCaseless };
}

const script = `${c} as async await debugger delete export from function get in instanceof let of set typeof undefined var with yield`;

const languages: Readonly<Record<string, CodeLanguage>> = {
  'js javascript jsx mjs cjs node': language(slashes, `${double}|${single}|${backticks}`, script),
  'ts typescript tsx mts cts': language(
    slashes,
    `${double}|${single}|${backticks}`,
    `${script} abstract any asserts boolean declare implements infer is keyof module namespace never number object override readonly satisfies string type unknown`,
  ),
  'java cs csharp c# kotlin kt kts scala swift dart groovy gradle': language(
    slashes,
    `${triple}|${double}|${single}`,
    `${c} abstract actor as async await base bool byte companion data decimal def defer delegate extension fileprivate fun func guard implements in init inout instanceof internal is lateinit let namespace nil object open operator out override package protocol readonly record sealed self string struct suspend synchronized throws trait typealias using val var when where yield`,
  ),
  'c cpp c++ h hpp cc objc arduino glsl': language(
    slashes,
    `${double}|${single}`,
    `${c} auto bool constexpr delete explicit extern friend inline namespace nullptr operator override register signed sizeof struct template typedef typename union unsigned using virtual`,
    { name: '#[a-z]+' },
  ),
  'go golang': language(
    slashes,
    `${double}|${character}|${backticks}`,
    'any bool break byte case chan const continue default defer else error fallthrough false float64 for func go goto if import int int64 interface iota map nil package range return rune select string struct switch true type uint uint64 var',
  ),
  'rs rust': language(
    slashes,
    `${double}|${character}`,
    'as async await bool break const continue crate dyn else enum extern false fn for i32 i64 if impl in let loop match mod move mut pub ref return self static str struct super trait true type u32 u64 u8 unsafe use usize where while',
  ),
  php: language(
    `${slashes}|${hash}`,
    `${double}|${single}`,
    `${c} abstract as echo elseif endif foreach fn function global implements include namespace require self trait use yield`,
    { name: '\\$\\w+' },
  ),
  'py python python3': language(
    '#[^\\n]*',
    `${triple}|${double}|${single}`,
    'False None True and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return self try while with yield',
    { name: '@[\\w.]+' },
  ),
  'rb ruby': language(
    hash,
    `${double}|${single}`,
    'alias and begin break case class def do else elsif end ensure false for if in module next nil not or puts raise redo require rescue retry return self super then true undef unless until when while yield',
    { name: '[@:]\\w+' },
  ),
  'sh bash shell zsh console shellsession ps1 powershell': language(
    hash,
    `${double}|${single}`,
    'case cd do done echo elif else esac exit export fi for function if in local read return select set source sudo then unset until while',
    { name: variable },
  ),
  'sql mysql postgres postgresql psql sqlite plsql': language(
    `${dashes}|${slashes}`,
    `${double}|${single}`,
    'add all alter and as asc begin between by case cast check column commit constraint create cross current_date default delete desc distinct drop else end exists foreign from full group having if in index inner insert int integer into is join key left like limit not null numeric offset on or order outer over partition primary references returning right rollback select set table text then timestamp union unique update using values varchar view when where with',
    { isCaseless: true },
  ),
  lua: language(
    dashes,
    `${double}|${single}`,
    'and break do else elseif end false for function goto if in local nil not or repeat return then true until while',
  ),
  'json jsonc json5 jsonl webmanifest': language(slashes, double, values, {
    name: '"(?:[^"\\\\\\n]|\\\\[^])*"(?=[ \\t]{0,4}:)',
  }),
  'yaml yml': language(hash, `${double}|${single}`, `${values} yes no on off`, { name: key, word: '[\\w$.-]+' }),
  'toml ini properties env dotenv conf editorconfig': language(
    `${hash}|;[^\\n]*`,
    `${triple}|${double}|${single}`,
    values,
    { name: '^\\[[^\\n]*|[\\w.-]+(?=[ \\t]{0,4}=)', word: '[\\w$.-]+' },
  ),
  'css scss less sass': language(
    '\\/\\*[^]*?(?:\\*\\/|$)|\\/\\/[^\\n]*',
    `${double}|${single}`,
    'important inherit initial none auto',
    { name: '@[\\w-]+|[\\w-]+(?=[ \\t]{0,4}:[ \\t\\d])', word: '[\\w$-]+' },
  ),
  'html htm xml svg xhtml vue svelte astro rss plist': language(markup, '(?<==)(?:"[^"]*"?|\'[^\']*\'?)', '', {
    name: '<[/!?]?[\\w:.-]+|[\\w:.@-]+(?==["\'])',
    word: '[\\w$:.@-]+',
  }),
  'docker dockerfile': language(
    hash,
    `${double}|${single}`,
    'FROM AS RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL HEALTHCHECK SHELL',
    { name: variable },
  ),
  'make makefile': language(hash, `${double}|${single}`, 'include ifeq ifneq ifdef else endif', {
    name: '\\$\\([\\w%@<^?*.-]{0,40}\\)|^[\\w./%-]+(?=:)',
  }),
};

const byName = new Map(
  Object.entries(languages).flatMap(([names, found]) => names.split(' ').map((name) => [name, found] as const)),
);

/** A language by the word after the fence. `undefined` for one that is not known. */
export function codeLanguage(name: string): CodeLanguage | undefined {
  return byName.get(name.toLowerCase());
}
