import { describeEventLog } from './contract/describe-event-log.ts';
import { InMemoryEventLog } from './in-memory-event-log.ts';

describeEventLog('the log in memory', async () => new InMemoryEventLog());
