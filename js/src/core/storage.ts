/** Answers in a browser: one entry for each activity, in the record format of pvwidgets/answers.py. */
import { isObject } from "./grading";
import { say, ui } from "./words";

export const FORMAT = "pvwidgets-answers";
export const VERSION = 1;
const MAX_BYTES = 5_000_000;
const SAVED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export interface Entry {
  kind?: string;
  version?: number;
  saved: string;
  response: Record<string, unknown>;
}

export type Entries = Record<string, Entry>;

/** A file that cannot be loaded, in words for a learner. */
export class BadFile extends Error {}

export function isEntry(value: unknown): value is Entry {
  return isObject(value) && typeof value.saved === "string" && SAVED.test(value.saved) && isObject(value.response);
}

export class Store {
  private memory = new Map<string, string>();
  /** Whether the browser keeps nothing: forbidden or full. */
  broken = false;

  constructor(readonly course: string) {}

  private name(id: string): string {
    return `pv:${this.course}:${id}`;
  }

  get(id: string): Entry | null {
    let text = this.memory.get(id) ?? null;
    if (text === null) {
      try {
        text = localStorage.getItem(this.name(id));
      } catch {
        this.broken = true;
      }
    }
    try {
      const entry: unknown = JSON.parse(text ?? "null");
      return isEntry(entry) ? entry : null;
    } catch {
      return null;
    }
  }

  /** Keeps an entry, in memory at least. */
  put(id: string, entry: Entry): void {
    const text = JSON.stringify(entry);
    try {
      localStorage.setItem(this.name(id), text);
      this.memory.delete(id);
      this.broken = false;
    } catch {
      this.memory.set(id, text);
      this.broken = true;
    }
  }

  all(): Entries {
    const ids = new Set(this.memory.keys());
    const prefix = this.name("");
    try {
      for (let i = 0; i < localStorage.length; i += 1) {
        const name = localStorage.key(i)!;
        if (name.startsWith(prefix)) ids.add(name.slice(prefix.length));
      }
    } catch {
      this.broken = true;
    }
    const entries: [string, Entry][] = [];
    for (const id of [...ids].sort()) {
      const entry = this.get(id);
      if (entry) entries.push([id, entry]);
    }
    return Object.fromEntries(entries);
  }

  clear(): void {
    for (const id of Object.keys(this.all())) {
      this.memory.delete(id);
      try {
        localStorage.removeItem(this.name(id));
      } catch {
        this.broken = true;
      }
    }
  }

  /** Calls back with the id of an activity whose entry changed in another tab; null means any. */
  watch(changed: (id: string | null) => void): void {
    addEventListener("storage", (event) => {
      if (event.key === null) changed(null);
      else if (event.key.startsWith(this.name(""))) changed(event.key.slice(this.name("").length));
    });
  }

  dump(): string {
    return `${JSON.stringify({ format: FORMAT, version: VERSION, course: this.course, activities: this.all() }, null, 1)}\n`;
  }

  /** The entries of a file, or BadFile. Nothing is kept yet. */
  parse(text: string): Entries {
    if (text.length > MAX_BYTES) throw new BadFile(ui.whyBig);
    let record: unknown;
    try {
      record = JSON.parse(text);
    } catch {
      throw new BadFile(ui.whyJson);
    }
    if (!isObject(record) || record.format !== FORMAT || typeof record.version !== "number" || !isObject(record.activities)) {
      throw new BadFile(ui.whyFormat);
    }
    if (record.version > VERSION) throw new BadFile(ui.whyNewer);
    if (record.course !== this.course) throw new BadFile(say(ui.whyCourse, { course: String(record.course).slice(0, 60) }));
    for (const [id, entry] of Object.entries(record.activities)) {
      if (!isEntry(entry)) throw new BadFile(say(ui.whyDamaged, { id: id.slice(0, 60) }));
    }
    return record.activities as Entries;
  }
}
