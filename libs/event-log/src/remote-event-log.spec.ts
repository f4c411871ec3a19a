import { describeEventLog } from './contract/describe-event-log.ts';
import { InMemoryEventLog } from './in-memory-event-log.ts';
import { RemoteEventLog } from './remote-event-log.ts';
import { perfectWire } from './wire.ts';

describeEventLog('the log in memory, over a wire', async () => new RemoteEventLog(new InMemoryEventLog(), perfectWire));
