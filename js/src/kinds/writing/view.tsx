import type { Child } from "../../core/dom";
import { download } from "../../core/download";
import type { ViewProps } from "../../core/kind";
import { Rich } from "../../core/rich";
import type { Rich as Node } from "../../core/types";
import { say as fill, ui, words } from "../../core/words";
import { own } from "../../parts/board";
import { Field } from "../../parts/form";
import { isWritten, rule, type Response, type WritingKey, type WritingPublic } from "./grade";

export function View({ base, open, key_, response: kept, result, change, say, others }: ViewProps) {
  const w = words.writing;
  const { parts, models, rubric, samples, most, pass, gather } = open as WritingPublic;
  const key = key_ as WritingKey | null;
  const response = kept as Response;
  const texts = own<string>(response.texts);
  const ratings = own<object>(response.ratings);
  const ready = models.every((id) => isWritten(texts[id]));

  const by = (who: string) => own<number>(ratings[who]);
  const all = (ratings: object) => Object.keys(ratings).length === rubric.length;
  const sum = (mine: Record<string, number>) => {
    const points = rubric.reduce((n, { id, weight }) => n + weight * mine[id]!, 0);
    const enough = pass && points >= pass.points && pass.nonzero.every((id) => mine[id]);
    return `${fill(w.sum, { points, most })} ${pass ? (enough ? pass.yes : pass.no) : w.alone}`;
  };
  const rate = (who: string) => {
    const mine = by(who);
    const ours = all(mine) && own<WritingKey["samples"][string]>(key?.samples)[who];
    return rubric.map((def) => {
      const { id } = def;
      return (
        <Field
          def={def} base={`${base}${who}-`} value={String(mine[id])}
          change={(value) => {
            const next = { ...mine, [id]: +value };
            const told = who === "own" ? sum(next) : w.rated;
            change({ ...response, ratings: { ...ratings, [who]: next } }, all(next) ? told : undefined);
          }}
          after={(option) => ours && ours[id]!.option === option && box(ours[id]!.feedback)}
        />
      );
    });
  };

  return (
    <div class="pv-writing">
      {samples[0] && <p class="pv-label">{w.samples}</p>}
      {samples.map(({ id, title, text }) => fold(title, <><Rich nodes={text} />{rate(id)}</>))}
      {gather?.map((other) => {
        const theirs = own<string>(rule.fit(other, others(other.id)).texts);
        return fold(other.title, other.parts.map(({ id, label }) => (
          <>
            <p class="pv-how"><Rich nodes={label as []} /></p>
            <p class="pv-own">{theirs[id] ?? w.nothing}</p>
          </>
        )));
      })}
      {parts.map((def) => {
        const { id } = def;
        const text = texts[id] ?? "";
        const shown = response.shown && key && models.includes(id);
        return (
          <div class={shown ? "pv-table" : ""}>
            <Field
              def={def} base={base} value={text}
              change={(value) => change({ ...response, texts: { ...texts, [id]: value } })}
              // Not in the hint: Orca would say it at each word.
              after={() => <span class="pv-how">{fill(w.count, { n: text.split(/\s+/).filter(Boolean).length })}</span>}
            />
            {shown && box(key.models[id]!)}
          </div>
        );
      })}
      <p class="pv-how">{fill(w.progress, { n: result.answered, total: parts.length })} {key ? !ready && w.compareWhen : (models[0] || samples[0]) && w.noKey}</p>
      <div class="pv-actions">
        {key && models[0] && (
          <button
            type="button" class="pv-button pv-primary" disabled={!ready}
            onClick={() => change({ ...response, shown: true }, w.compared)}
          >{w.compare}</button>
        )}
        <button
          type="button" class="pv-button"
          onClick={() => {
            const file = `${open.id}.md`;
            const told = parts.map(({ id, title }) => `\n## ${title}\n\n${texts[id] ?? ""}\n`);
            download(file, `# ${open.title}\n${told.join("")}`);
            say(fill(ui.saved, { file }));
          }}
        >{w.save}</button>
      </div>
      {rubric[0] && (response.shown || !key || !models[0]) && samples.every(({ id }) => all(by(id))) && (
        <div class="pv-feedback" role="group" aria-label={w.own}>
          <p class="pv-label">{w.own}</p>
          {rate("own")}
          {all(by("own")) && <p class="pv-notice">{sum(by("own"))}</p>}
        </div>
      )}
    </div>
  );
}

const box = (nodes: Node[]) => <div class="pv-explanation"><Rich nodes={nodes} /></div>;

const fold = (title: string, inside: Child) => <details class="pv-explanation"><summary>{title}</summary>{inside}</details>;
