import type { Wire } from '@lead-rotator/event-log';
import type { Chance } from '../chance.ts';
import type { VirtualProcess } from '../virtual-time/virtual-process.ts';
import type { VirtualTime } from '../virtual-time/virtual-time.ts';
import type { Server } from './server.ts';

/** What befalls calls, each in so many of a thousand. */
export interface WireFaults {
  /** Late by up to a second on its way there or back. */
  late: number;
  /** Never reaches the server. */
  lost: number;
  /** Done, but the caller is told that the connection was lost. */
  answerLost: number;
  /** Before or after it is done, the process that has called dies. */
  fatal: number;
}

export const noWireFaults: Readonly<WireFaults> = { late: 0, lost: 0, answerLost: 0, fatal: 0 };

const usualMilliseconds = 3;
const longestMilliseconds = 1_000;

/** The wires of all processes to all servers. */
export class Network {
  faults: Readonly<WireFaults> = noWireFaults;
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  readonly #kill: (process: VirtualProcess) => void;

  constructor(time: VirtualTime, chance: Chance, kill: (process: VirtualProcess) => void) {
    this.#time = time;
    this.#chance = chance;
    this.#kill = kill;
  }

  wire(process: VirtualProcess, server: Server): Wire {
    return { call: (work) => this.#call(process, server, work) };
  }

  #call<Answer>(process: VirtualProcess, server: Server, work: () => Answer | Promise<Answer>): Promise<Answer> {
    const { lost, answerLost, fatal } = this.faults;
    const isLost = this.#chance.permille(lost);
    const isAnswerLost = this.#chance.permille(answerLost);
    if (this.#chance.permille(fatal)) this.#time.after(this.#chance.between(0, 4), () => this.#kill(process));
    return new Promise((resolve, reject) => {
      const answer = (settle: () => void) => process.after(this.#delay(), settle);
      const fail = () => answer(() => reject(connectionLost(server)));
      const arrive = async () => {
        if (isLost || !server.isUp) return fail();
        const down = server.goneDown.then(() => gone);
        try {
          const done = await Promise.race([work(), down]);
          return isAnswerLost || done === gone ? fail() : answer(() => resolve(done as Answer));
        } catch (error) {
          return answer(() => reject(error));
        }
      };
      this.#time.after(this.#delay(), () => void arrive());
    });
  }

  #delay(): number {
    return this.#chance.between(0, this.#chance.permille(this.faults.late) ? longestMilliseconds : usualMilliseconds);
  }
}

/** In place of an answer. */
const gone = Symbol('the server has gone down');

/** As the operating system says it. */
const connectionLost = ({ name }: Server) =>
  Object.assign(new Error(`the connection to ${name} was lost`), { code: 'ECONNRESET' });
