import type { Response } from "../../core/attempts";
import type { ViewProps } from "../../core/kind";
import { Rich } from "../../core/rich";
import { say as fill, ui, words } from "../../core/words";
import { isRight } from "../../parts/attempt";
import { Board, own } from "../../parts/board";
import { Field } from "../../parts/form";
import { isStrong, rule, type PlaneKey, type PlanePublic } from "./grade";

export function View(props: ViewProps) {
  const w = words.plane;
  const { cards, bins, steps, title } = props.open as PlanePublic;
  const key = props.key_ as PlaneKey | null;
  const { placed, steps: taken } = props.response as Response;
  const titleOf = (cell: string) => bins.find(({ id }) => id === cell)!.title;
  return (
    <Board
      {...props}
      kind={{
        rule, bins,
        layout: "plane",
        wide: 3,
        name: title,
        how: w.how,
        mastery: w.mastery,
        checked: (right, total) => fill(w.checked, { right, total }),
        below: (update, stage) => cards.filter(({ id }) => isStrong(own<string>(placed)[id])).map(({ id, name }) => {
          const step = own<string>(taken)[id];
          return (
            <Field
              key={id} base={props.base} value={step}
              def={{ id, label: fill(w.stepFor, { name }), type: "one", menu: true, options: steps }}
              change={(next) => {
                const { [id]: _, ...rest } = taken;
                update({ steps: next ? { ...rest, [id]: next } : rest });
              }}
              after={() => stage > 1 && step && <Rich nodes={key!.steps[step]!.feedback} />}
            />
          );
        }),
        parts: Object.entries(w.questions).map(([id, asked]) => (
          <p key={id}>{fill(isRight(props.result.latest?.items[`.${id}`]) ? w.yes : w.no, { asked })}</p>
        )),
        closer(card, cell) {
          const { cell: best, feedback } = key!.cards[card]!;
          const [power, support] = best.split("-");
          return {
            lead: fill(ui.youChose, { cell: titleOf(cell) }),
            said: [...(cell.startsWith(power!) ? [] : feedback.power), ...(cell.endsWith(support!) ? [] : feedback.support)],
          };
        },
        explained(card, chosen) {
          const { cell, accept, feedback } = key!.cards[card]!;
          return {
            lead: [cell, ...accept].map((one) => fill(one === cell ? w.key : w.also, { cell: titleOf(one) }) + (one === chosen ? ` (${ui.yours})` : "")).join(" "),
            choices: (["power", "support"] as const).map((axis) => ({ name: w[axis], tags: [], said: feedback[axis] })),
          };
        },
      }}
    />
  );
}
