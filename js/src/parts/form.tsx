/** Fields that a learner fills in, drawn from their description in the activity's public half. */
import type { Child } from "../core/dom";
import { here } from "../core/here";
import { Rich } from "../core/rich";
import type { Rich as Node } from "../core/types";
import { say as fill, ui } from "../core/words";

export interface Option {
  id: string;
  /** A name; for radio buttons and ticks also small Markdown. */
  text: string | Node[];
}

export interface FieldDef {
  id: string;
  label?: string | Node[];
  /** one and many: of options; list: entries, each with its own fields. */
  type: "one" | "many" | "number" | "text" | "long" | "list";
  options?: Option[];
  /** Options that the record itself gives: the named field of each entry of a list. */
  from?: [list: string, field: string];
  /** Draw options as a menu. */
  menu?: boolean;
  unit?: string;
  /** The longest text, in letters. */
  max?: number;
  fields?: FieldDef[];
  /** The word for an entry of a list, and how many it may have. */
  entry?: string;
  most?: number;
  hint?: string;
  /** For rules that read the record: names one on a line; what an empty choice counts as; may stay empty. */
  lines?: boolean;
  empty?: string;
  optional?: boolean;
}

export type Value = any;

interface Props {
  def: FieldDef;
  /** Begins every id. */
  base: string;
  value: Value;
  change(value: Value): void;
  /** The whole record, for options that stand in it. */
  record?: Record<string, Value>;
  /** What stands after an option, or after the field: a verdict. */
  after?(option?: string): Child;
  /** A verdict that is read along with the label. */
  mark?: Child;
  /** Why a text cannot be taken as it is. */
  fault?: string | false;
}

export function optionsOf({ options, from }: FieldDef, record: Record<string, Value> = {}): Option[] {
  if (!from) return options ?? [];
  const [list, field] = from;
  const names = ((record[list] ?? []) as Record<string, string>[]).map((entry) => String(entry[field] ?? "").trim());
  return [...new Set(names)].filter(Boolean).map((name) => ({ id: name, text: name }));
}

const text = (label: string | Node[] = []) => (typeof label === "string" ? label : <Rich nodes={label} />);

export function Field(props: Props) {
  const { def, base, value, change, record, after, mark } = props;
  const id = base + def.id;
  const hint = def.hint && <span class="pv-how" id={`${id}-hint`}>{def.hint}</span>;
  const options = optionsOf(def, record);
  // What was chosen before its name changed is still to be seen, and to be taken back.
  for (const gone of [value ?? []].flat() as string[]) {
    if (def.from && gone && !options.some((one) => one.id === gone)) options.push({ id: gone, text: gone });
  }
  if (def.type === "list") return <List {...props} />;
  if (def.type === "many" || (def.type === "one" && !def.menu)) {
    const many = def.type === "many";
    const chosen = (many ? (value ?? []) : [value]) as string[];
    return (
      <fieldset class="pv-field" aria-describedby={hint ? `${id}-hint` : undefined}>
        <legend>{text(def.label)}{mark}</legend>
        {hint}
        {options.map((option) => (
          <div key={option.id} class="pv-option">
            <label>
              <input
                type={many ? "checkbox" : "radio"} name={id} checked={chosen.includes(option.id)}
                onChange={() => change(
                  !many ? option.id
                  : chosen.includes(option.id) ? chosen.filter((one) => one !== option.id)
                  : options.map((one) => one.id).filter((one) => one === option.id || chosen.includes(one)),
                )}
              />
              <span>{text(option.text)}</span>
            </label>
            {after?.(option.id)}
          </div>
        ))}
        {after?.()}
      </fieldset>
    );
  }
  // On a narrow screen a closed menu cuts it.
  const picked = options.find((option) => option.id === value)?.text;
  return (
    <div class="pv-field">
      <label for={id}>{text(def.label)}{mark}</label>
      {hint}
      {def.type === "one" ? (<>
        <select id={id} onChange={(event) => change(event.currentTarget.value)}>
          <option value="" selected={!value}>{ui.choose}</option>
          {options.map((option) => <option key={option.id} value={option.id} selected={option.id === value}>{option.text as string}</option>)}
        </select>
        {picked && picked.length > 30 && <span class="pv-picked" aria-hidden="true">{picked as string}</span>}
      </>) : <Text {...props} id={id} />}
      {after?.()}
    </div>
  );
}

/** Nothing is cut: what is too long stays in the field, is said, and is kept once it is shorter. */
function Text({ def: { type, max = 400, unit, hint }, id, value, change, fault }: Props & { id: string }) {
  const { local, hold } = here;
  const shown: string = local[id] ?? value ?? "";
  const long = [...shown].length;
  const attributes = {
    id, value: shown, "aria-describedby": `${unit ? `${id}-unit ` : ""}${id}-max${hint ? ` ${id}-hint` : ""}`, "aria-invalid": Boolean(long > max || fault),
    onInput: (event: { currentTarget: { value: string } }) => {
      const next = event.currentTarget.value;
      const fits = [...next].length <= max;
      hold({ [id]: fits ? undefined : next });
      if (fits) change(next);
    },
  };
  return (
    <>
      {type === "long" ? <textarea {...attributes} rows={4} dir="auto" /> : (
        <input {...attributes} type="text" dir="auto" autocomplete="off" {...(type === "number" ? { inputMode: "decimal", class: "pv-number" } : {})} />
      )}
      {unit && <span id={`${id}-unit`}> {unit}</span>}
      <span class="pv-count-over" id={`${id}-max`} role="status">{long > max ? fill(ui.tooLong, { n: long, max }) : fault}</span>
    </>
  );
}

function List({ def, base, value, change, record }: Props) {
  const entries = (value ?? []) as Record<string, Value>[];
  const id = base + def.id;
  const focus = (at: number) => requestAnimationFrame(() =>
    document.querySelector<HTMLElement>(`[data-entry="${CSS.escape(`${id}-${at}`)}"]`)?.focus());
  const { local, hold } = here;
  const remove = (i: number) => {
    // What is too long to be kept moves up with its entry.
    const drafts = entries.slice(i).flatMap((_, n) => def.fields!.map((one) => [`${id}-${i + n}-${one.id}`, local[`${id}-${i + n + 1}-${one.id}`]]));
    hold(Object.fromEntries(drafts));
    change(entries.filter((_, n) => n !== i));
    focus(Math.max(0, i - 1));
  };
  return (
    <fieldset class="pv-field pv-list">
      <legend>{text(def.label)}</legend>
      {def.hint && <p class="pv-how">{def.hint}</p>}
      {entries.map((entry, i) => (
        <fieldset key={i} class="pv-entry" tabIndex={-1} data-entry={`${id}-${i}`}>
          <legend>{def.entry} {i + 1}</legend>
          {def.fields!.map((one) => (
            <Field
              key={one.id} def={one} base={`${id}-${i}-`} value={entry[one.id]} {...(record ? { record } : {})}
              change={(next) => change(entries.map((old, n) => (n === i ? { ...old, [one.id]: next } : old)))}
            />
          ))}
          <button type="button" class="pv-button pv-quiet" onClick={() => remove(i)}>
            {fill(ui.removeEntry, { entry: `${def.entry} ${i + 1}` })}
          </button>
        </fieldset>
      ))}
      <button
        type="button" class="pv-button" disabled={entries.length >= (def.most ?? 12)}
        onClick={() => { change([...entries, {}]); focus(entries.length); }}
      >{fill(ui.addEntry, { entry: def.entry! })}</button>
    </fieldset>
  );
}
