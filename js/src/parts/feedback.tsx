/** What a check says: score, then a closer look, then on request all explanations. */
import type { ComponentChildren } from "preact";
import type { Items, Response } from "../core/attempts";
import { decimal } from "../core/results";
import { Rich } from "../core/rich";
import type { Result, Rich as Node } from "../core/types";
import { say as fill, ui } from "../core/words";

export interface Closer {
  id: string;
  text: Node[];
  lead: ComponentChildren;
  said: Node[];
}

export interface Explained {
  id: string;
  text: Node[];
  lead: ComponentChildren;
  reason?: Node[] | undefined;
  /** Each possible answer: its name, what is to be said of it in brackets, and its explanation. */
  choices: { name: string; tags: (string | false | undefined)[]; said: Node[] }[];
}

interface Props {
  open: Items;
  response: Response;
  result: Result;
  stage: number;
  /** After the score: bars and the like. */
  parts?: ComponentChildren;
  mastery: { yes: string; no: string; one: string };
  closer: Closer[];
  /** Whether something would come back with "Try again". */
  next?: boolean;
  explained(): Explained[];
}

export function Feedback({ open, response, result, stage, parts, mastery, closer, next = closer.length > 0, explained }: Props) {
  const { checks, tries } = response;
  const { latest, first } = result;
  return (
    <div class="pv-feedback" role="group" aria-label={ui.result}>
      <p class="pv-label">{ui.result}</p>
      <p class="pv-score">{fill(ui.score, points(latest!))}</p>
      {parts}
      {checks.length > 1 && first && <p>{fill(ui.firstCheck, points(first))}</p>}
      <p>{result.mastery ? mastery.yes : open.sets.length > 1 ? mastery.no : mastery.one}</p>
      {tries === 1 && next && <p>{ui.nextHelp}</p>}
      {stage === 2 && closer.length > 0 && (
        <>
          <p class="pv-label">{ui.closer}</p>
          <ul class="pv-closer" aria-label={ui.closer}>
            {closer.map(({ id, text, lead, said }) => (
              <li key={id}>
                <p class="pv-quote"><Rich nodes={text} /></p>
                <p>{lead}</p>
                <Rich nodes={said} />
              </li>
            ))}
          </ul>
        </>
      )}
      {stage === 3 && (
        <>
          <p class="pv-label pv-explanations" tabIndex={-1}>{ui.explanations}</p>
          {explained().map(({ id, text, lead, reason, choices }) => (
            <details key={id} class="pv-explanation">
              <summary><Rich nodes={text} /></summary>
              <p>{lead}</p>
              {reason && <Rich nodes={reason} />}
              <dl>
                {choices.map(({ name, tags, said }) => (
                  <div key={name}>
                    <dt>{name}{tags.some(Boolean) && ` (${tags.filter(Boolean).join("; ")})`}</dt>
                    <dd><Rich nodes={said} /></dd>
                  </div>
                ))}
              </dl>
            </details>
          ))}
        </>
      )}
    </div>
  );
}

function points({ score, max }: NonNullable<Result["latest"]>) {
  return { score: decimal(score), max: decimal(max) };
}

export function deciding(words: string[]): string {
  return words.length ? fill(ui.words, { words: words.map((word) => `“${word}”`).join(", ") }) : "";
}
