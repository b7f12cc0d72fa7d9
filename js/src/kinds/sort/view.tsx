import type { ViewProps } from "../../core/kind";
import type { Rich } from "../../core/types";
import { say as fill, ui, words } from "../../core/words";
import { Board, own } from "../../parts/board";
import { deciding } from "../../parts/feedback";
import { rule, type SortKey, type SortPublic } from "./grade";

export function View(props: ViewProps) {
  const w = words.sort;
  const { layout, bins, marks, title } = props.open as SortPublic;
  const cards = (props.key_ as SortKey | null)?.cards ?? {};
  const mark = props.result.latest?.parts.mark;
  const said = (card: string, bin: string) => {
    const feedback = own<Rich[]>(cards[card]!.feedback);
    return feedback[bin] ?? feedback.else ?? [];
  };
  const titleOf = (bin: string) => bins.find(({ id }) => id === bin)!.title;
  return (
    <Board
      {...props}
      kind={{
        rule, layout, bins,
        name: title,
        ...(marks && {
          marks: {
            field: "marks",
            bin: marks.bin,
            of: marks.options.map(({ id, title: name }) => ({ id, label: name, name, said: fill(ui.signed, { sign: name }) })),
            label: (card) => fill(w.markOf, { label: marks.label, card }),
            key: (card) => cards[card]!.mark,
            again: fill(w.markAgain, { label: marks.label }),
          },
        }),
        how: w.how,
        parts: mark && marks && <p>{fill(w.marks, { label: marks.label, right: mark[0], of: mark[1] })}</p>,
        mastery: { yes: w.mastered, no: w.notMastered, one: w.notMasteredOne },
        closer: (card, bin) => ({ lead: fill(ui.youChose, { cell: titleOf(bin) }), said: said(card, bin) }),
        explained(card, chosen) {
          const { bin, half = [], words: decide, feedback } = cards[card]!;
          const told = bins.filter(({ id }) => id === bin || id === chosen || Object.hasOwn(feedback, id));
          return {
            lead: `${fill(w.key, { bin: titleOf(bin) })} ${deciding(decide)}`,
            choices: [bin, ...told.map(({ id }) => id).filter((id) => id !== bin)].map((id) => ({
              name: titleOf(id),
              tags: [half.includes(id) && ui.half, id === chosen && ui.yours],
              said: said(card, id),
            })),
          };
        },
      }}
    />
  );
}
