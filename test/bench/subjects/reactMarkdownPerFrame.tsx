import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { textRenderer } from './support/textRenderer.js';

const plugins = [remarkGfm];

export default textRenderer((text) => <Markdown remarkPlugins={plugins}>{text}</Markdown>, true);
