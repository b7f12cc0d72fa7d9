/** What a check says: score, then a closer look, then on request all explanations. */
import type { Child } from "../core/dom";
import type { Items, Response } from "../core/attempts";
import { decimal } from "../core/results";
import { Rich } from "../core/rich";
import type { Result, Rich as Node } from "../core/types";
import { say as fill, uiOf } from "../core/words";

interface Told {
  lead?: Child;
  said: Node[];
}

export interface Closer extends Told {
  id: string;
  text: Node[];
  /** Of an item with several parts, those after the first. */
  more?: Told[];
}

export interface Reading {
  lead?: Child;
  reason?: Node[] | undefined;
  /** Each possible answer: its name, what is to be said of it in brackets, and its explanation. */
  choices: { name: string; tags: (string | false | undefined)[]; said: Node[] }[];
}

export interface Explained extends Reading {
  id: string;
  text: Node[];
  more?: Reading[];
}

interface Props {
  open: Items;
  response: Response;
  result: Result;
  stage: number;
  /** After the score: bars and the like. */
  parts?: Child;
  closer: Closer[];
  /** Whether something would come back with "Try again". */
  help?: boolean;
  explained(): Explained[];
}

export function Feedback({ open, response, result, stage, parts, closer, help = closer.length > 0, explained }: Props) {
  const { checks, tries } = response;
  const ui = uiOf(open.kind);
  const { latest, first } = result;
  return (
    <div class="pv-feedback" role="group" aria-label={ui.result}>
      <p class="pv-label">{ui.result}</p>
      <p class="pv-score">{fill(ui.score, points(latest!))}</p>
      {parts}
      {checks.length > 1 && first && <p>{fill(ui.firstCheck, points(first))}</p>}
      <p>{result.mastery ? ui.mastered : open.sets.length > 1 ? ui.notMastered : ui.notMasteredOne}</p>
      {tries === 1 && help && <p>{ui.nextHelp}</p>}
      {stage === 2 && closer.length > 0 && (
        <>
          <p class="pv-label">{ui.closer}</p>
          <ul class="pv-closer" aria-label={ui.closer}>
            {closer.map(({ id, text, more = [], ...first }) => (
              <li key={id}>
                <p class="pv-quote"><Rich nodes={text} /></p>
                {[first, ...more].map(({ lead, said }) => <>{lead && <p>{lead}</p>}<Rich nodes={said} /></>)}
              </li>
            ))}
          </ul>
        </>
      )}
      {stage === 3 && (
        <>
          <p class="pv-label pv-explanations" tabIndex={-1}>{ui.explanations}</p>
          {explained().map(({ id, text, more = [], ...first }) => (
            <details key={id} class="pv-explanation">
              <summary><Rich nodes={text} /></summary>
              {[first, ...more].map(({ lead, reason, choices }) => (
                <>
                  {lead && <p class={more.length ? "pv-quote" : ""}>{lead}</p>}
                  {reason && <Rich nodes={reason} />}
                  <dl>
                    {choices.map(({ name, tags, said }) => (
                      <div key={name}>
                        <dt>{name}{tags.some(Boolean) && ` (${tags.filter(Boolean).join("; ")})`}</dt>
                        <dd><Rich nodes={said} /></dd>
                      </div>
                    ))}
                  </dl>
                </>
              ))}
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
