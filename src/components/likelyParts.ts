/** What most conversations come to need, but not before their first answer. */
export { AnswerActions } from './message/AnswerActions.js';
export { AttachButton } from './composer/AttachButton.js';
export { ComposerTray } from './composer/ComposerTray.js';
export { DayDivider } from './transcript/DayDivider.js';
export { ErrorDetails } from './notices/ErrorDetails.js';
export { HeaderMenu } from './menu/HeaderMenu.js';
export { OwnActions } from './message/OwnActions.js';
export { ProgressHint } from './notices/ProgressHint.js';
export { Resizer } from './shell/Resizer.js';
export { RichPartView } from './parts/RichPartView.js';
export { SourceList } from './parts/SourceList.js';
export { Speech } from './announcer/Speech.js';
export { ToolRun } from './tools/ToolRun.js';
