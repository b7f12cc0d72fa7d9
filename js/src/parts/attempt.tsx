/** Check, try again, explain, start over, another set: the same for all that is answered item by item. */
import { isRight, MAX_CHECKS, MAX_EARLIER, type Answers, type Attempt, type AttemptRule, type Items, type Response } from "../core/attempts";
import { noDrafts } from "../core/here";
import type { ViewProps } from "../core/kind";
import { count, say as fill, uiOf } from "../core/words";

interface Parts {
  /** How many items have no answer yet, and the words for it. */
  left: number;
  notYet(): string;
  /** Whether an item is to be looked at again. */
  open: boolean;
  /** The answers that stay when one tries again, and how many do not; without it, all stay. */
  stay?(): { answers: Answers; back: number };
  /** What else is to be forgotten when the answers change. */
  reset?(): void;
  /** Where the focus goes when answers are taken back. */
  first: string;
}

export { isRight };
export const isDone = (status: string | undefined) => isRight(status) || status === "half";

/** The answers of the last check since the start, and how their items were judged. */
export function lastOf({ response, result }: ViewProps): { last: Answers | undefined; items: Record<string, string> } {
  const { checks, tries } = response as Response;
  return {
    last: tries ? checks.at(-1) : undefined,
    items: Object.assign(Object.create(null), tries && result.latest?.items),
  };
}

export function attemptOf(props: ViewProps, parts: Parts) {
  const { key_, result, change, say, local, hold, focus } = props;
  const open = props.open as Items;
  const rule = props.rule as AttemptRule;
  const ui = uiOf(open.kind);
  const response = props.response as Response;
  const { set, checks, explained, tries, earlier, ...answers } = response;
  const { last, items } = lastOf(props);
  const allDone = Object.values(items).every(isDone);
  const mayExplain = key_ !== null && tries > 0 && (tries > 1 || (allDone && !parts.open));

  const update = (next: Answers, words?: string) => {
    hold({ moved: true });
    change({ ...response, ...next }, words);
  };
  const put = (next: Partial<Response>, words: string, target?: string) => {
    parts.reset?.();
    change({ ...response, ...next }, words);
    if (target) focus(target);
  };
  const check = () => {
    if (parts.left) return say(parts.notYet());
    if (!key_) return say(ui.complete);
    // After a reload, or where another copy was changed, only the answers themselves tell.
    if (last && !local.moved && JSON.stringify({ ...last, ...answers }) === JSON.stringify(last)) return say(ui.same);
    hold({ moved: false });
    const kept = checks.length < MAX_CHECKS ? checks : [checks[0]!, ...checks.slice(2)];
    const made = [...kept, { n: Math.min(tries + 1, MAX_CHECKS), ...structuredClone(answers) }];
    const judged = Object.values(rule.judge(open, key_, set, answers).items);
    const right = judged.filter(isRight).length;
    const total = judged.length;
    put(
      { checks: made, tries: Math.min(tries + 1, made.length) },
      fill(ui.checked, { right, total, again: count(ui, "lookAgain", total - right) }),
    );
  };
  const again = () => {
    const { answers: kept, back } = parts.stay!();
    hold({ moved: true });
    put(kept, count(ui, "triedAgain", back), parts.first);
  };
  const over = () => {
    hold({ moved: false, ...noDrafts(props) });
    const { set: _, ...fresh } = rule.blank({ ...open, sets: [set] } as Items) as Response;
    put({ ...fresh, checks, explained, earlier }, checks.length ? ui.startedOver : ui.startedOverFresh, parts.first);
  };
  const another = () => {
    const now = open.sets.findIndex((one) => one.join() === set.join());
    const next = open.sets[(now + 1) % open.sets.length]!;
    const done: Attempt[] = checks.length ? [{ set, checks, explained }] : [];
    hold({ moved: false, ...noDrafts(props) });
    put(
      { ...(rule.blank({ ...open, sets: [next] } as Items) as Response), earlier: [...earlier, ...done].slice(-MAX_EARLIER) },
      fill(ui.newSet, { n: next.length }), parts.first,
    );
  };
  const explain = () => {
    change({ ...response, explained: explained || checks.length }, ui.explained);
    focus(".pv-explanations");
  };
  const actions = (
    <div class="pv-actions">
      <button type="button" class="pv-button pv-primary pv-check" onClick={check}>{key_ ? ui.check : ui.checkComplete}</button>
      {key_ !== null && parts.stay && <button type="button" class="pv-button" disabled={!parts.open} onClick={again}>{ui.again}</button>}
      {key_ !== null && <button type="button" class="pv-button" disabled={!mayExplain} onClick={explain}>{ui.explain}</button>}
      <button type="button" class="pv-button" onClick={over}>{ui.over}</button>
      {open.sets.length > 1 && <button type="button" class="pv-button" onClick={another}>{ui.another}</button>}
    </div>
  );
  return {
    update, actions,
    /** What feedback may be shown: the score, then a closer look, then everything. */
    stage: !key_ || !result.latest || !tries ? 0 : explained && (tries > 1 || allDone) ? 3 : tries > 1 ? 2 : 1,
  };
}
