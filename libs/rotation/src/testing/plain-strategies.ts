import { isAbsence, isUnsuited } from '../eligibility.ts';
import { Drawing } from '../strategies/drawing.ts';
import {
  isPresent,
  type PlainChoice,
  type PlainChosen,
  type PlainMember,
  type PlainReason,
  type PlainStrategies,
  type Unit,
  windowOf,
} from './plain-rotation.ts';

const eligibleOf = (reasons: readonly PlainReason[]): PlainMember[] =>
  reasons.filter(({ reason }) => reason === undefined).map(({ member }) => member);

/** The first by the figures, compared one after the other; the least is best. */
function leastBy(members: readonly PlainMember[], ...figures: ((member: PlainMember) => number)[]) {
  return [...members].sort((one, other) => {
    for (const figure of figures) if (figure(one) !== figure(other)) return figure(one) - figure(other);
    return 0;
  })[0];
}

const chosen = (
  { reasons }: PlainChoice,
  member: PlainMember | undefined,
  serve: () => void,
  record?: PlainChosen['record'],
): PlainChosen | undefined => member && { member, passed: reasons, serve, ...(record === undefined ? {} : { record }) };

function roundRobin({ rotation, reasons }: PlainChoice): PlainChosen | undefined {
  const reasonOf = (member: PlainMember) => reasons.find((one) => one.member === member)?.reason;
  const extra = rotation.extras.find((member) => reasonOf(member) === undefined);
  if (extra !== undefined) {
    const serve = () => rotation.extras.splice(rotation.extras.indexOf(extra), 1);
    return { member: extra, passed: [], record: { extra: true }, serve };
  }
  const member = rotation.line.find((one) => reasonOf(one) === undefined);
  if (member === undefined) return undefined;
  const front = rotation.line.slice(0, rotation.line.indexOf(member));
  const passed = front.map((one) => ({ member: one, reason: reasonOf(one) }));
  const { makeUp } = rotation.settings;
  const serve = () => {
    const behind = rotation.line.slice(front.length + 1);
    const keeps = (reason = '') => isUnsuited(reason) || (makeUp === 'one' && isAbsence(reason));
    const kept = passed.filter(({ reason }) => keeps(reason)).map((one) => one.member);
    const lost = passed.filter(({ reason }) => !keeps(reason)).map((one) => one.member);
    rotation.line = [...kept, ...behind, ...lost, member];
    if (makeUp !== 'all') return;
    for (const one of passed) if (isAbsence(one.reason ?? '')) rotation.extras.push(one.member);
  };
  return { member, passed, serve };
}

function longestWaiting(choice: PlainChoice): PlainChosen | undefined {
  const { rotation, reasons } = choice;
  const ofAll = rotation.strategy.type === 'longest-waiting' && rotation.strategy.scope === 'organization';
  const last = ({ userId, lastTurn }: PlainMember) => (ofAll ? (rotation.loads.lastTurn.get(userId) ?? 0) : lastTurn);
  return chosen(choice, leastBy(eligibleOf(reasons), last), () => undefined);
}

function random(choice: PlainChoice): PlainChosen | undefined {
  const { rotation, reasons } = choice;
  if (rotation.strategy.type !== 'random') return undefined;
  const { seed, noRepeat } = rotation.strategy;
  const all = eligibleOf(reasons);
  const others = all.filter(({ userId }) => userId !== rotation.lastServed);
  const among = noRepeat === true && others.length > 0 ? others : all;
  const draw = rotation.draws + 1;
  const member = among[Math.floor(new Drawing(seed, draw).fraction() * among.length)];
  return chosen(choice, member, () => undefined, { seed, draw });
}

function weighted(choice: PlainChoice): PlainChosen | undefined {
  const eligible = eligibleOf(choice.reasons);
  const weight = ({ settings }: PlainMember) => BigInt(Math.round((settings.weight ?? 1) * 100));
  const sum = eligible.reduce((total, member) => total + weight(member), 0n);
  const share = (member: PlainMember) => Number((weight(member) * 2n ** 32n) / sum);
  const best = leastBy(eligible, (member) => -(member.owed + share(member)));
  return chosen(choice, best, () => {
    for (const member of eligible) member.owed += share(member);
    for (const member of eligible) (best as PlainMember).owed -= share(member);
  });
}

function priorityTier(choice: PlainChoice): PlainChosen | undefined {
  const { strategy } = choice.rotation;
  const eligible = eligibleOf(choice.reasons);
  const isOver = eligible.every(({ left }) => left <= 0);
  const full = ({ settings }: PlainMember) => settings.leadsPerCycle ?? 1;
  const left = (member: PlainMember) => (isOver ? full(member) : member.left);
  const inARow = strategy.type === 'priority-tier' && strategy.order === 'in-a-row';
  const best = inARow ? eligible.find((member) => left(member) > 0) : leastBy(eligible, (member) => -left(member));
  return chosen(choice, best, () => {
    if (isOver) for (const member of eligible) member.left = full(member);
    (best as PlainMember).left -= 1;
  });
}

function fewestOpen(choice: PlainChoice): PlainChosen | undefined {
  const { strategy, distribution, loads } = choice.rotation;
  const byShare = strategy.type === 'fewest-open' && strategy.by === 'share';
  const figure = ({ userId }: PlainMember) => {
    const open = loads.open.get(userId) ?? 0;
    const most = distribution.users.get(userId)?.maxOpen ?? 0;
    if (!byShare) return open;
    return most === 0 ? 0 : open / most;
  };
  return chosen(
    choice,
    leastBy(eligibleOf(choice.reasons), figure, ({ lastTurn }) => lastTurn),
    () => undefined,
  );
}

function fewestAssigned(choice: PlainChoice): PlainChosen | undefined {
  const { rotation, reasons, at } = choice;
  const { strategy, distribution, settings } = rotation;
  const unit = strategy.type === 'fewest-assigned' ? (strategy.period ?? 'month') : 'month';
  const zone = distribution.zone(settings.timeZone).name;
  const windowAt = (time: number) => (unit === 'ever' ? 'ever' : windowOf(unit as Unit, time, zone));
  const count = (member: PlainMember) =>
    member.turns.filter((turn) => windowAt(turn.at) === windowAt(at)).length +
    (member.raisedIn === windowAt(at) ? member.raised : 0);
  const there = reasons.filter(({ member, reason }) => member.present && isPresent(reason));
  const level = Math.min(...eligibleOf(there).map(count));
  const raiseTo = level === Infinity ? Math.max(...there.map(({ member }) => count(member))) : level;
  const counted = (member: PlainMember) => (member.present ? count(member) : Math.max(count(member), raiseTo));
  const best = leastBy(
    eligibleOf(reasons),
    (one) => counted(one) + one.credit,
    ({ lastTurn }) => lastTurn,
  );
  return chosen(choice, best, () => {
    for (const { member, reason } of reasons) {
      const by = counted(member) - count(member);
      if (isPresent(reason) && by > 0) {
        member.raised = by + (member.raisedIn === windowAt(at) ? member.raised : 0);
        member.raisedIn = windowAt(at);
      }
      member.present = isPresent(reason);
    }
  });
}

/** Every strategy that chooses by itself, but `predictive`, which has a spec of its own. */
export const plainStrategies: PlainStrategies = {
  'round-robin': roundRobin,
  'longest-waiting': longestWaiting,
  random,
  weighted,
  'priority-tier': priorityTier,
  'fewest-open': fewestOpen,
  'fewest-assigned': fewestAssigned,
};
