/** What a check says: score and bars, then a closer look, then on request all explanations. */
import { decimal } from "../../core/results";
import { Rich } from "../../core/rich";
import type { Result, Rich as Node } from "../../core/types";
import { matrix as names, say as fill, ui } from "../../core/words";
import { CELLS, type CardKey, type MatrixKey, type MatrixPublic, type MatrixResponse } from "./grade";

interface Props {
  open: MatrixPublic;
  cardKeys: MatrixKey;
  response: MatrixResponse;
  result: Result;
  textOf(card: string): Node[];
  /** Whether a card was wrong at the last check and has not moved since. */
  isOpen(card: string): boolean;
}

export function Feedback({ open, cardKeys, response, result, textOf, isOpen }: Props) {
  const { set, placed, checks, tries, explained } = response;
  const latest = result.latest!;
  const still = set.filter(isOpen);
  const score = { score: decimal(latest.score), max: decimal(latest.max) };
  const allRight = set.every((card) => ["right", "defensible"].includes(latest.items[card]!));
  const showAll = explained > 0 && (tries > 1 || allRight);
  return (
    <div class="pv-feedback" role="group" aria-label={ui.result}>
      <p class="pv-label">{ui.result}</p>
      <p class="pv-score">{fill(ui.score, score)}</p>
      <dl class="pv-bars">
        {(["column", "row"] as const).map((axis) => {
          const [right, of] = latest.parts[axis]!;
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
      <p>{fill(ui.signs, { right: latest.parts.sign![0], of: latest.parts.sign![1] })}</p>
      {checks.length > 1 && result.first && (
        <p>{fill(ui.firstCheck, { score: decimal(result.first.score), max: decimal(result.first.max) })}</p>
      )}
      <p>{result.mastery ? ui.mastered : open.sets.length > 1 ? ui.notMastered : ui.notMasteredOne}</p>
      {tries === 1 && still.length > 0 && <p>{ui.nextHelp}</p>}
      {tries > 1 && still.length > 0 && !showAll && (
        <>
          <p class="pv-label">{ui.closer}</p>
          <ul class="pv-closer" aria-label={ui.closer}>
            {still.map((card) => (
              <li key={card}>
                <p class="pv-quote"><Rich nodes={textOf(card)} /></p>
                <p>
                  {fill(ui.youChose, { cell: names.cells[placed[card]!] })}{" "}
                  <strong>{offWords(latest.items[card]!, cardKeys.cards[card]!)}</strong>
                </p>
                <Rich nodes={cardKeys.cards[card]!.feedback[placed[card]!]} />
              </li>
            ))}
          </ul>
        </>
      )}
      {showAll && (
        <>
          <p class="pv-label pv-explanations" tabIndex={-1}>{ui.explanations}</p>
          {set.map((card) => (
            <Explanation key={card} text={textOf(card)} entry={cardKeys.cards[card]!} chosen={Object.hasOwn(placed, card) ? placed[card] : undefined} />
          ))}
        </>
      )}
    </div>
  );
}

function offWords(status: string, { alt }: CardKey): string {
  if (status === "both") return ui.offBoth;
  if (status === "column") return alt ? ui.offColumnOnly : ui.offColumn;
  return alt ? ui.offRowOnly : ui.offRow;
}

function Explanation({ text, entry, chosen }: { text: Node[]; entry: CardKey; chosen: string | undefined }) {
  const { cell, alt, sign, words, feedback, reason } = entry;
  const order = [cell, ...CELLS.filter((one) => one !== cell)];
  return (
    <details class="pv-explanation">
      <summary><Rich nodes={text} /></summary>
      <p>
        {fill(ui.reads, {
          column: names.columns[cell[0] as "I" | "C"],
          row: names.rows[cell[1] as "W" | "J"],
          sign: sign === "gain" ? ui.isGain : ui.isLoss,
        })}{" "}
        {words.length > 0 && fill(ui.words, { words: words.map((word) => `“${word}”`).join(", ") })}
      </p>
      {reason && <Rich nodes={reason} />}
      <dl>
        {order.map((one) => {
          const tags = [one === cell && ui.usual, one === alt && ui.defensible, one === chosen && ui.yours];
          return (
            <div key={one}>
              <dt>{names.cells[one]}{tags.some(Boolean) && ` (${tags.filter(Boolean).join("; ")})`}</dt>
              <dd><Rich nodes={feedback[one]} /></dd>
            </div>
          );
        })}
      </dl>
    </details>
  );
}
