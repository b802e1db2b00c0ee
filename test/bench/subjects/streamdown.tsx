import { Streamdown } from 'streamdown';
import { textRenderer } from './support/textRenderer.js';

export default textRenderer((text) => <Streamdown>{text}</Streamdown>);
