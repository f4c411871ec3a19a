import type { KafkaMessage } from 'kafkajs';

/** The messages of a partition, and which batches of which producers are among them. */
export class SimulatedPartition {
  readonly messages: KafkaMessage[] = [];
  readonly #newest = new Map<number, number>();
  readonly #sleepers = new Set<() => void>();

  /** A batch that comes again under its number is acknowledged and not written again. */
  append(messages: readonly KafkaMessage[], producer: number, number: number): void {
    if (number <= (this.#newest.get(producer) ?? -1)) return;
    this.#newest.set(producer, number);
    for (const message of messages) this.messages.push({ ...message, offset: String(this.messages.length) });
    for (const wake of [...this.#sleepers]) wake();
  }

  /** What is there from an offset on; if nothing is, it waits until something is or the signal is aborted. */
  async fetch(from: bigint, most: number, signal: AbortSignal): Promise<KafkaMessage[]> {
    const first = Number(from);
    if (first >= this.messages.length && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          signal.removeEventListener('abort', wake);
          this.#sleepers.delete(wake);
          resolve();
        };
        signal.addEventListener('abort', wake);
        this.#sleepers.add(wake);
      });
    }
    return this.messages.slice(first, first + most);
  }
}
