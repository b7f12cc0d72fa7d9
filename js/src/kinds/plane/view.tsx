import type { Response } from "../../core/attempts";
import type { ViewProps } from "../../core/kind";
import { Rich } from "../../core/rich";
import { say as fill, words } from "../../core/words";
import { isRight, lastOf } from "../../parts/attempt";
import { Board, own } from "../../parts/board";
import { Field } from "../../parts/form";
import { isStrong, type PlaneKey, type PlanePublic } from "./grade";

export function View(props: ViewProps) {
  const w = words.plane;
  const { cards, steps } = props.open as PlanePublic;
  const key = props.key_ as PlaneKey | null;
  const { placed, steps: taken } = props.response as Response;
  const { last } = lastOf(props);
  return (
    <Board
      {...props}
      below={(update, stage) => cards.filter(({ id }) => isStrong(own<string>(placed)[id])).map(({ id, name }) => {
        const step = own<string>(taken)[id];
        return (
          <Field
            key={id} base={props.base} value={step}
            def={{ id, label: fill(w.stepFor, { name }), type: "one", menu: true, options: steps }}
            change={(next) => {
              const { [id]: _, ...rest } = taken;
              update({ steps: next ? { ...rest, [id]: next } : rest });
            }}
            after={() => {
              if (stage < 2 || !step || own<string>(last!.steps)[id] !== step) return null;
              const { fits, feedback } = key!.steps[step]!;
              return <><strong>{fits.includes(id) ? w.stepFits : w.stepNot}</strong><Rich nodes={feedback} /></>;
            }}
          />
        );
      })}
      parts={Object.entries(w.questions).map(([id, asked]) => (
        <p key={id}>{fill(isRight(props.result.latest?.items[`.${id}`]) ? w.yes : w.no, { asked })}</p>
      ))}
    />
  );
}
