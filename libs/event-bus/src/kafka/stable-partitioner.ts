import kafkajs from 'kafkajs';
import { murmur2 } from './murmur2.ts';

/**
 * Where Java's producer would put a message: murmur2 of the key. A message without a key goes round the partitions,
 * but once chosen it keeps its partition: kafkajs asks again when it retries, and a retry to another partition would
 * leave a hole in the numbering of the idempotent producer, into which the broker lets the next batch fall as a
 * duplicate, acknowledged and lost.
 */
export function stablePartitioner(): kafkajs.ICustomPartitioner {
  return () => {
    const choose = kafkajs.Partitioners.JavaCompatiblePartitioner();
    const chosen = new WeakMap<object, number>();
    return (args) => {
      const { key } = args.message;
      if (key != null) return (murmur2(key) & 0x7fffffff) % args.partitionMetadata.length;
      const partition = chosen.get(args.message) ?? choose(args);
      chosen.set(args.message, partition);
      return partition;
    };
  };
}
