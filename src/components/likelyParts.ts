/** What most conversations come to need, but not before their first answer. */
export { AnswerActions } from './AnswerActions.js';
export { AttachButton } from './AttachButton.js';
export { ComposerTray } from './ComposerTray.js';
export { DayDivider } from './DayDivider.js';
export { ErrorDetails } from './ErrorDetails.js';
export { HeaderMenu } from './HeaderMenu.js';
export { OwnActions } from './OwnActions.js';
export { ProgressHint } from './ProgressHint.js';
export { Resizer } from './Resizer.js';
export { RichPartView } from './RichPartView.js';
export { SourceList } from './SourceList.js';
export { Speech } from './Speech.js';
export { ToolRun } from './ToolRun.js';
