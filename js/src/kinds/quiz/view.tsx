import type { Response } from "../../core/attempts";
import type { ViewProps } from "../../core/kind";
import { get } from "../../core/results";
import { plain, Rich, shorten } from "../../core/rich";
import type { Rich as Node } from "../../core/types";
import { count, say as fill, ui, words } from "../../core/words";
import { lastOf, attemptOf } from "../../parts/attempt";
import { Feedback } from "../../parts/feedback";
import { Field } from "../../parts/form";
import { chosen, earned, ready, type Part, type PartKey, type QuizKey, type QuizPublic, type Values } from "./grade";

/** A question that is a story is not drawn as bold as a title. */
const LONG = 150;

type Status = "right" | "half" | "wrong";

/** What is said of a chosen answer that does not earn all: of each tick, or of the one choice. */
function closer(part: Part, key: PartKey, value: any) {
  const w = words.quiz;
  const label = String(part.label ?? "").replace(/\w$/, "$&:");
  const mine = chosen(part, key, value);
  const wrong = mine.filter(({ points }) => part.type !== "many" || part.pick || points < 0);
  const missing = part.type === "many" && !part.pick ? key.of - mine.length + wrong.length : 0;
  return [
    ...wrong.map(({ name, said = key.else }) => ({ lead: `${label} ${fill(w.chose, { chosen: part.type === "number" ? value : name })}`, said })),
    ...(missing ? [{ lead: `${label} ${count(w, "missing", missing)}`, said: [] }] : []),
  ];
}

function explained(part: Part, key: PartKey, value: any) {
  const mine = ready(part, value) ? chosen(part, key, value) : [];
  return {
    lead: key.lead,
    choices: key.told.filter((one) => one.said || mine.includes(one)).map((one) => (
      { name: one.name, tags: [one.tag, mine.includes(one) && ui.yours], said: one.said ?? key.else }
    )),
  };
}

export function View(props: ViewProps) {
  const w = words.quiz;
  const open = props.open as QuizPublic;
  const keys = (props.key_ as QuizKey | null)?.cards;
  const response = props.response as Response;
  const answers: Values = response.answers;
  const { last, items } = lastOf(props);

  const questions = open.cards.map(({ id, text, parts: own = open.parts }, i) => {
    const mine = get(answers, id);
    const same = last && JSON.stringify(get(last.answers, id)) === JSON.stringify(mine);
    const parts = own.map((part) => {
      const value = get(mine, part.id);
      const key = keys?.[id]![part.id];
      const good = ready(part, value);
      const got = same && good && key ? earned(part, key, value) : null;
      return {
        part, value, key, good,
        how: (got === null ? undefined : got === key!.of ? "right" : got ? "half" : "wrong") as Status | undefined,
        /** A text, not only the beginning of a number, that is none. */
        fault: part.type === "number" && !good && /[^-+−\s]/.test(value ?? "") && fill(w.noNumber, { text: value }),
      };
    });
    // Since it was checked, a question may have got another part: it has no verdict before it is answered.
    return { id, text, parts, mine, n: i + 1, how: (same && items[id] !== "open" ? items[id] : undefined) as Status | undefined };
  });
  const left = questions.filter(({ parts }) => !parts.every(({ good }) => good));
  const off = questions.filter(({ how }) => how && how !== "right");
  const later = response.tries > 1;

  const { update, actions, stage } = attemptOf(props, {
    left: left.length,
    notYet() {
      const [bad] = left.flatMap(({ n, parts }) => parts.flatMap(({ fault }) => (fault ? [fill(w.question, { n, fault })] : [])));
      return bad ?? fill(w.notYet, { left: left.map(({ n }) => n).join(", ") });
    },
    open: off.length > 0,
    stay() {
      const kept = off.map(({ id, parts }) => [
        id, Object.fromEntries(parts.flatMap(({ part, how, value }) => (later && how === "right" ? [[part.id, value]] : []))),
      ]);
      return { answers: { answers: { ...answers, ...Object.fromEntries(kept) } }, back: off.length };
    },
    first: "li:not(.pv-done) :is(input, select)",
  });

  const mark = (how: Status | undefined) => how && <span class={`pv-verdict pv-is-${how}`}>{w.status[how]}</span>;
  return (
    <div>
      <ol class="pv-questions">
        {questions.map(({ id, text, parts, mine, n, how }) => {
          const lone = !parts[0]!.part.label;
          // Not by CSS: Chromium leaves a counter out of a field's name.
          const label = [["strong", `${n}. `] as Node, ...text];
          const fields = parts.map(({ part, value, fault, how: own }) => (
            <Field
              key={part.id} def={lone ? { ...part, label } : part} base={`${props.base}${id}-`} value={value} fault={fault}
              mark={lone ? mark(how) : later && parts.length > 1 && mark(own)}
              change={(next) => update({ answers: { ...answers, [id]: { ...mine, [part.id]: next } } })}
            />
          ));
          return (
            <li key={id} class={`${how === "right" ? "pv-done" : ""}${plain(text).length > LONG ? " pv-long" : ""}`}>
              {lone ? fields : <fieldset class={`pv-field${open.parts[0] ? " pv-shared" : ""}`}><legend><Rich nodes={label} />{mark(how)}</legend>{fields}</fieldset>}
            </li>
          );
        })}
      </ol>
      {actions}
      {stage > 0 && (
        <Feedback
          open={open} response={response} result={props.result} stage={stage}
          parts={open.parts[1] && open.parts.map(({ id, label }) => {
            const [right, of] = props.result.latest!.parts[id]!;
            return <p>{fill(w.part, { label: label as string, right, of })}</p>;
          })}
          closer={off.map(({ id, n, text, parts }) => {
            const [first, ...more] = parts.flatMap(({ part, key, value, how }) => (how === "right" ? [] : closer(part, key!, value)));
            return { id, text: [`${n}. ${shorten(plain(text))}`], ...first!, more };
          })}
          explained={() => questions.map(({ id, text, parts }) => {
            const [first, ...more] = parts.map(({ part, key, value }) => explained(part, key!, value));
            return { id, text, ...first!, more };
          })}
        />
      )}
    </div>
  );
}
