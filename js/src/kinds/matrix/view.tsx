import type { ViewProps } from "../../core/kind";
import { say as fill, ui, words } from "../../core/words";
import { Board } from "../../parts/board";
import { deciding } from "../../parts/feedback";
import { CELLS, rule, SIGNS, type CardKey, type MatrixKey } from "./grade";

export function View(props: ViewProps) {
  const names = words.matrix as typeof words.matrix & Record<"cells" | "axes", Record<string, string>>;
  const cards = (props.key_ as MatrixKey | null)?.cards ?? {};
  const latest = props.result.latest?.parts;
  return (
    <Board
      {...props}
      kind={{
        rule,
        name: names.name,
        layout: "grid",
        wide: 2,
        bins: CELLS.map((id) => ({ id, title: names.cells[id]!, text: names.axes[id]! })),
        head: Object.values(names.columns).map((name) => <span key={name} class="pv-column">{name}</span>),
        before: (cell) =>
          cell[0] === "I" && <span class={`pv-row pv-row-${cell[1]}`}>{names.rows[cell[1] as "W" | "J"]}</span>,
        marks: {
          field: "signs",
          of: SIGNS.map((id) => ({ id, label: names.marks[id], name: ui[id], said: fill(ui.signed, { sign: names.signs[id] }) })),
          label: (card) => fill(ui.signOf, { card }),
          key: (card) => cards[card]!.sign,
          again: ui.signAgain,
        },
        how: ui.how,
        parts: latest && (
          <>
            <dl class="pv-bars">
              {(["column", "row"] as const).map((axis) => {
                const [right, of] = latest[axis]!;
                return (
                  <div key={axis}>
                    <dt>{names.questions[axis]}</dt>
                    <dd>
                      <progress value={right} max={of || 1} aria-hidden="true" /> {fill(ui.bar, { right, of })}
                    </dd>
                  </div>
                );
              })}
            </dl>
            <p>{fill(ui.signs, { right: latest.sign![0], of: latest.sign![1] })}</p>
          </>
        ),
        mastery: { yes: ui.mastered, no: ui.notMastered, one: ui.notMasteredOne },
        closer: (card, cell, status) => ({
          lead: <>{fill(ui.youChose, { cell: names.cells[cell]! })} <strong>{offWords(status, cards[card]!)}</strong></>,
          said: cards[card]!.feedback[cell]!,
        }),
        explained(card, chosen) {
          const { cell, alt, sign, words: decide, feedback, reason } = cards[card]!;
          return {
            lead: `${fill(ui.reads, {
              column: names.columns[cell[0] as "I" | "C"],
              row: names.rows[cell[1] as "W" | "J"],
              sign: sign === "gain" ? ui.isGain : ui.isLoss,
            })} ${deciding(decide)}`,
            reason,
            choices: [cell, ...CELLS.filter((one) => one !== cell)].map((one) => ({
              name: names.cells[one]!,
              tags: [one === cell && ui.usual, one === alt && ui.defensible, one === chosen && ui.yours],
              said: feedback[one]!,
            })),
          };
        },
      }}
    />
  );
}

function offWords(status: string, { alt }: CardKey): string {
  if (status === "both") return ui.offBoth;
  if (status === "column") return alt ? ui.offColumnOnly : ui.offColumn;
  return alt ? ui.offRowOnly : ui.offRow;
}
