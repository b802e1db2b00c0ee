import type { Meta, StoryObj } from '@storybook/react-vite';
import { ChatRoot } from '../src/components/ChatRoot.js';
import { frozenConversation } from './support/frozenConversation.js';
import { done, exchange, introduced } from './support/script.js';
import { wholeWidget, type WholeWidgetArgs } from './support/wholeWidget.js';

/** Texts that are hard to set. */
const meta = {
  title: 'Scripts',
  component: ChatRoot,
  ...wholeWidget,
} satisfies Meta<WholeWidgetArgs>;
export default meta;
type Story = StoryObj<WholeWidgetArgs>;

/** Languages without spaces. */
export const EastAsian: Story = {
  args: {
    conversation: frozenConversation(
      introduced,
      ...exchange(
        'モンステラにはどのくらいの頻度で水をやればよいですか？葉が少し黄色くなってきました。',
        '土の表面が乾いたら、**週に一回**たっぷり与えてください。冬は二週間に一回で十分です。「根腐れ」を防ぐため、受け皿の水は必ず捨ててください。',
        'ja',
      ),
      ...exchange(
        '我的龟背竹应该多久浇一次水？',
        '一般来说，**每周一次**就够了。浇水前请先检查土壤：如果表面以下三厘米是干的，就可以浇水。',
        'zh',
      ),
    ),
  },
};

/** Words that have no place to break, and a language that runs the other way. */
export const LongWords: Story = {
  args: {
    conversation: frozenConversation(
      introduced,
      ...exchange(
        'https://example.com/a/very/long/address/that/has/no/place/to/break?with=parameters&and=more_of_them_than_anybody_needs',
        'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft is one word, and `aVeryLongIdentifierThatSomebodyWroteWithoutEverThinkingOfAnybodyElse()` too.',
        'long',
      ),
      ...exchange(
        'كم مرة أسقي نباتي؟',
        'مرة في **الأسبوع** عادةً. افحص التربة أولاً: `soil.check()`.\n\n- جافة: اسقِ\n- رطبة: انتظر',
        'ar',
      ),
      ...done(),
    ),
  },
};
