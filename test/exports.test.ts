import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../', import.meta.url));
const LOCALES = 'en nl de fr es pt it ja zh ko ar he'.split(' ');
const ENTRIES = ['index', 'core', 'math', 'embed/index', 'proxy/index', 'emulator/index'] as const;

let namesOf: (entry: (typeof ENTRIES)[number]) => { readonly values: string; readonly types: string };
let undocumentedIn: (entry: (typeof ENTRIES)[number]) => readonly string[];
let undocumentedMembersOf: (name: string) => readonly string[];

beforeAll(() => {
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${project}tsconfig.json`, ts.sys.readFile).config,
    ts.sys,
    project,
  );
  const files = ENTRIES.map((entry) => `${project}src/${entry}.ts`);
  const program = ts.createProgram([...files, `${project}src/assets.d.ts`], config.options);
  const checker = program.getTypeChecker();
  const exportsOf = (entry: string): readonly ts.Symbol[] =>
    checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(`${project}src/${entry}.ts`)!)!);
  const undocumented = (symbols: readonly ts.Symbol[]): readonly string[] =>
    symbols
      .filter((symbol) => skipAlias(symbol, checker).getDocumentationComment(checker).length === 0)
      .map(({ name }) => name);
  undocumentedIn = (entry) => undocumented(exportsOf(entry));
  undocumentedMembersOf = (name) => {
    const type = exportsOf('index').find((symbol) => symbol.name === name)!;
    return undocumented([...skipAlias(type, checker).members!.values()]);
  };
  namesOf = (entry) => {
    const symbols = exportsOf(entry).map((symbol) => ({
      name: symbol.name,
      isValue: !!(skipAlias(symbol, checker).flags & ts.SymbolFlags.Value),
    }));
    const list = (isValue: boolean): string =>
      symbols
        .filter((symbol) => symbol.isValue === isValue)
        .map(({ name }) => name)
        .sort()
        .join(' ');
    return { values: list(true), types: list(false) };
  };
}, 60_000);

function skipAlias(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

// What people may rely on. A name that comes or goes is a decision: it is made here, and told in the CHANGELOG.
const CORE_VALUES =
  'AgentChatError createBrowserStorage createBrowserTabs createConversation createMemoryStorage createResponsesTransport defineTool isAgentChatError isToolCall messageText selectIsBusy selectLastAgentMessage selectMessage selectPendingReviews selectPendingToolCalls selectQueue selectUsage';
const CORE_TYPES =
  'AgentCard AgentChatErrorCode AgentChatErrorOptions AgentChatErrorSource AgentEvent AgentMessage AgentRequest AgentTransport BrowserStorageOptions BrowserTabsOptions Capabilities ClientTool ClientTools Clock ConnectionState Connectivity Conversation ConversationOptions ConversationState ConversationStatus ConversationStorage ConversationSummary ConversationUpdate DataPart Delivery ErrorPart FeedbackRequest FileContent FilePart FinishReason FollowRequest Identity InputPart LocalEvent Memory Message MessageInput OutgoingMessage Part PartContent PartDelta PartState PendingToolCall ReasoningPart Receipt ReceiptRequest RequestOptions ResponseMode ResponseSnapshot ResponseStatus ResponsesTransportOptions ReviewRequest Run SavedConversation SendOptions SendRequest StandardSchema StorageProblem TabChannel TabMember Tabs TaskRequest TextPart Thread ToolCallPart ToolCallState ToolContext TurnContext UnknownPart Usage UserMessage';
const sorted = (...names: readonly string[]): string =>
  names
    .flatMap((each) => each.split(' '))
    .sort()
    .join(' ');

describe('the public names of', () => {
  it('./core', () => {
    expect(namesOf('core')).toEqual({ values: CORE_VALUES, types: CORE_TYPES });
  });

  it('. are those of ./core and the React ones', () => {
    expect(namesOf('index')).toEqual({
      values: sorted(
        CORE_VALUES,
        'AgentChatWidget AgentConversationProvider Chat ENGLISH useAgentConversation useComposer useConversation useConversations useConversationSelector useMessage useMessageIds useWidget',
      ),
      types: sorted(
        CORE_TYPES,
        'AgentChatWidgetProps AgentConversation AgentConversationOptions AgentConversationProviderProps AnnounceMode ChatRootProps Composer Conversations DataRenderers LabelOverrides Labels Locale NoticeTone PartProps Slots Source Attachment AttachmentLimits AttachmentRefusal SubmitMode WidgetContextValue WidgetMode WidgetTheme',
      ),
    });
  });

  it.each(LOCALES)('./locales/%s', async (name) => {
    expect(Object.keys((await import(`../src/components/locales/${name}.ts`)) as object)).toEqual([name]);
  });

  it('./math', () => {
    expect(namesOf('math')).toEqual({ values: 'math', types: 'FormulaProps MathSupport' });
  });

  it('./embed', () => {
    expect(namesOf('embed/index')).toEqual({
      values: 'createAgentChatCommand defineAgentChat',
      types: 'AgentChatCommand AgentChatCommands AgentChatElement EmbedEvents EmbedOptions MountedAgentChat',
    });
  });

  it('./proxy', () => {
    expect(namesOf('proxy/index')).toEqual({
      values: 'ProxyConfigurationError createAgentProxy',
      types:
        'AgentProxy AgentProxyOptions ProxyAgentOptions ProxyErrorCode ProxyLimits ProxyLogEntry ProxyOptionName TemplateEngine UpstreamFetch',
    });
  });

  it('./emulator', () => {
    expect(namesOf('emulator/index')).toEqual({
      values:
        'attach callClientTool callTool createEmulator createGuide data defaultProfile disconnect fail finish handOff reason refuse requestReview say wait',
      types:
        'ClientToolCall Clock Emulator EmulatorOptions HandOff JsonObject Latency LatencyOption ManifestFields Profile Random Refusal Scenario Step ToolCall ToolResult Turn WireFile WireFinishReason WireMessage WirePart',
    });
  });
});

// An editor shows it beside the name: what it is, its units and defaults, and how it fails.
describe('has TSDoc for', () => {
  it.each(ENTRIES)('every public name of %s', (entry) => {
    expect(undocumentedIn(entry)).toEqual([]);
  });

  it('everything that the hook gives', () => {
    expect(undocumentedMembersOf('AgentConversation')).toEqual([]);
  });
});
