import type { Response } from "../../core/attempts";
import type { ViewProps } from "../../core/kind";
import { get } from "../../core/results";
import { say as fill, ui, words } from "../../core/words";
import { attemptOf, isDone, isRight, lastOf } from "../../parts/attempt";
import { Feedback } from "../../parts/feedback";
import { Field } from "../../parts/form";
import { sum, type ShareKey, type SharePublic } from "./grade";

export function View(props: ViewProps) {
  const w = words.share;
  const { groups, portion, unit, unit_one, start, rules, cards, outcome } = props.open as SharePublic;
  const key = (props.key_ as ShareKey | null)?.cards;
  const response = props.response as Response;
  const hours = response.hours as number[];
  const answers = response.answers as Record<string, string>;
  const mine = (id: string): string | undefined => get(answers, id);
  const chosen = get(rules, mine(cards[0]!.id)!) as SharePublic["rules"][string] | undefined;

  const left = sum(start) - sum(hours);
  const amount = (n: number) => `${n * portion} ${n * portion === 1 ? unit_one : unit}`;
  const reached = (division: number[]) => groups.map(({ outcomes }, i) => outcomes[division[i]!]!);
  const weighted = (division: number[]) => sum(reached(division).map((one, i) => one * groups[i]!.people));
  const mean = (division: number[]) => Math.round((10 * weighted(division)) / sum(groups.map(({ people }) => people))) / 10;
  const worst = (division: number[]) => Math.min(...reached(division));
  const rows: [string, (division: number[]) => string | number][] = [
    ...groups.map(({ name }, i) => [name, (division: number[]) => `${reached(division)[i]} (${amount(division[i]!)})`] as (typeof rows)[0]),
    [w.mean, mean], [w.worst, worst],
  ];
  const columns: [string, number[]][] = [[w.start, start], [w.now, hours]];
  if (chosen) columns.push([w.byRule, chosen.best]);

  const { last, items } = lastOf(props);
  const unanswered = cards.filter(({ id }) => !mine(id)).length;
  const { update, stage, actions } = attemptOf(props, {
    left: left || unanswered,
    notYet: () => fill(w.notYet, { left: amount(left), n: unanswered }),
    open: Object.values(items).some((one) => !isDone(one)),
    first: "input",
  });
  const give = (i: number, wanted: number) => {
    const next = [...hours];
    next[i] = Math.max(0, Math.min(wanted, hours[i]! + left, groups[i]!.outcomes.length - 1));
    update({ hours: next }, fill(w.moved, {
      name: groups[i]!.name, n: amount(next[i]!), mean: mean(next), worst: worst(next), left: amount(sum(start) - sum(next)),
    }));
    return next[i]! * portion;
  };

  return (
    <div>
      <p class="pv-how">{w.how}</p>
      {groups.map(({ name, outcomes }, i) => (
        <div class="pv-share">
          <label for={props.base + i}>{name}: {amount(hours[i]!)}</label>
          {[-1, 1].map((by) => (
            <button type="button" class="pv-sign" aria-label={fill(by < 0 ? w.less : w.more, { name })} onClick={() => give(i, hours[i]! + by)}>{by < 0 ? "−" : "+"}</button>
          ))}
          <input
            id={props.base + i} type="range" step={portion} max={(outcomes.length - 1) * portion} value={hours[i]! * portion}
            onInput={({ currentTarget: range }) => (range.value = `${give(i, +range.value / portion)}`)}
          />
        </div>
      ))}
      <table class="pv-shares">
        <caption>{outcome}. <strong>{fill(w.left, { left: amount(left) })}</strong></caption>
        <tr><td />{columns.map(([title]) => <th scope="col">{title}</th>)}</tr>
        {rows.map(([name, of]) => (
          <tr><th scope="row">{name}</th>{columns.map(([, division]) => <td>{of(division)}</td>)}</tr>
        ))}
      </table>
      {cards.map(({ id, text, options }, n) => (
        <Field
          key={id} base={props.base} value={mine(id)} def={{ id, type: "one", label: text, options }}
          change={(next) => update({ answers: { ...answers, [id]: next } })}
          after={(option) => option
            ? option === get(last?.answers, id) && option === mine(id) && <span class="pv-tried">{w[items[id] as "right"]}</span>
            : !n && chosen && (!left && hours.every((one, i) => one >= chosen.floor[i]!) && weighted(hours) >= chosen.least ? w.kept : w.notKept)}
        />
      ))}
      {actions}
      {stage > 0 && (
        <Feedback
          open={props.open as SharePublic} response={response} result={props.result} stage={stage}
          closer={cards.filter(({ id }) => get(last!.answers, id) && !isRight(items[id])).map(({ id, text, options }) => ({
            id, text, lead: fill(w.chose, { chosen: options.find((one) => one.id === last!.answers[id])!.text }), said: key![id]![last!.answers[id]]!.feedback,
          }))}
          explained={() => cards.map(({ id, text, options }) => ({
            id, text,
            choices: options.map((option) => {
              const { status, feedback } = key![id]![option.id]!;
              return { name: option.text, tags: [isDone(status) && w[status as "right"], option.id === mine(id) && ui.yours], said: feedback };
            }),
          }))}
        />
      )}
    </div>
  );
}
