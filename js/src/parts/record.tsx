/** A record to fill in, beside the lamps of the rules that read it at each change. */
import type { Child } from "../core/dom";
import { noDrafts } from "../core/here";
import type { Kind, ViewProps } from "../core/kind";
import { fieldsOf, report, rule, type Lamp, type RecordKey, type RecordPublic, type Shape } from "../core/records";
import { Rich } from "../core/rich";
import { say as fill, ui } from "../core/words";
import { Field, type FieldDef } from "./form";

type Entry = Record<string, any>;

/** The record with one field changed; what was chosen by a name follows when the name is edited. */
function edit(defs: FieldDef[], record: Entry, id: string, next: any): Entry {
  const old = record[id];
  const changed = structuredClone({ ...record, [id]: next });
  for (const { id: list, fields } of defs) {
    for (const { id: name, from } of fields ?? []) {
      if (from?.[0] !== id || old?.length !== next.length) continue;
      const named = (entry?: Entry) => entry?.[from[1]]?.trim();
      const now = (one: string): string => named(next[old.findIndex((entry: Entry) => named(entry) === one)]) || one;
      for (const entry of changed[list] ?? []) {
        if (entry[name]) entry[name] = Array.isArray(entry[name]) ? entry[name].map(now) : now(entry[name]);
      }
    }
  }
  return changed;
}

/** A figure as Python describes it: [element, attributes, ...children]; a number is a rule's lamp. */
function draw(shape: Shape, lamps: Lamp[], marks: Record<Lamp, string>): Child {
  if (typeof shape === "string") return shape;
  if (typeof shape === "number") return marks[lamps[shape]!];
  const [element, { rule: of, ...attributes }, ...inside] = shape;
  return h(element, of === undefined ? attributes : { ...attributes, class: `pv-${lamps[of]}` }, ...inside.map((one) => draw(one, lamps, marks)));
}

function View({ base, open: given, key_, response, result, change, say, local, hold }: ViewProps) {
  const open = given as RecordPublic;
  const { rules, groups, words: w, naming } = open;
  const { record } = response as { record: Entry };
  const cards = (key_ as RecordKey | null)?.cards;
  const { told = [], gone }: { told?: string[]; gone?: Entry } = local;
  const read = report(open, record);
  const met = read.lamps.filter((lamp) => lamp === "met").length;
  const { told: next } = naming.rows?.[read.row] ?? {};

  const put = (next: Entry, words?: string) => {
    const { lamps } = report(open, next);
    const turned = rules.flatMap(({ id, title }, i) => (lamps[i] === read.lamps[i] ? [] : [fill(w.changed!, { id, title, lamp: w.lamps[lamps[i]!] })]));
    hold({ gone: words && record });
    change({ record: next }, words ?? (turned.join(" ") || undefined));
  };
  const check = () => {
    if (!key_) return say(fill(w.complete!, { n: result.answered, of: result.total }));
    const chosen = Object.values(record).flat() as string[];
    hold({ told: chosen });
    say((chosen[0] ? w.told : w.none)!);
  };

  return (
    <div class="pv-choosing">
      <p class="pv-how">{open.cards ? w.guided : w.how}</p>
      <div class="pv-table">
        <div class="pv-lamps">
          <div aria-hidden="true" style={`--pv-turn:${30 * (rules.length - met)}deg`}>
            {draw(open.figures[record.partners?.length ?? 0]!, read.lamps, w.marks)}
          </div>
          {open.turns && <p>{open.turns[met]}</p>}
          <p class="pv-label">{fill(w.whole!, { name: read.name })}</p>
          {next && <p class="pv-how">{next}</p>}
          <ul>
            {rules.map(({ id, title }, i) => (
              <li class={`pv-${read.lamps[i]}`}>
                <strong><span aria-hidden="true">{w.marks[read.lamps[i]!]}</span> {id} {title}: {w.lamps[read.lamps[i]!]}.</strong> {read.said[i]!.join(" ")}
              </li>
            ))}
          </ul>
          <details class="pv-explanation">
            <summary>{w.limits}</summary>
            <p>{w.person}</p>
            {rules.map(({ limits }) => <p>{limits}</p>)}
          </details>
        </div>
        <div>
          {groups.map((group, i) => (
            <details class="pv-explanation" open={!i}>
              <summary><strong>{group.title}</strong></summary>
              {group.fields.map((def) => (
                <Field
                  key={def.id} def={def} base={base} value={record[def.id]} record={record}
                  change={(next) => put(edit(fieldsOf(open), record, def.id, next))}
                  after={(card) => card && cards && told.includes(card) && [record[def.id]].flat().includes(card) && (
                    <div class="pv-explanation pv-closer"><strong>{cards[card]!.trap ? w.trap : w.holds}</strong><Rich nodes={cards[card]!.said} /></div>
                  )}
                />
              ))}
            </details>
          ))}
          <div class="pv-actions">
            {(cards || !key_) && <button type="button" class="pv-button pv-primary" onClick={check}>{key_ ? ui.check : ui.checkComplete}</button>}
            <button type="button" class="pv-button" onClick={() => { hold({ told: [], ...noDrafts({ base, local }) }); put((rule.blank(open) as { record: Entry }).record, w.startedOver); }}>{ui.over}</button>
            {gone && <button type="button" class="pv-button" onClick={() => { put(gone); say(w.broughtBack!); }}>{w.back}</button>}
          </div>
        </div>
      </div>
    </div>
  );
}

export const recordKind: Kind = { rule, View, lamps: true };
