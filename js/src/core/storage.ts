/**
 * Answers in a browser, in the record format of pvwidgets/answers.py: one record for each activity,
 * under a name made of the course and the activity.
 *
 * Nothing that cannot be read is written over: it is set aside under another name. Where the browser
 * keeps nothing, work goes on in memory. Both are said, and end up in the file that can be saved.
 */
import { isObject } from "./results";
import { say, ui } from "./words";

export const FORMAT = "pvwidgets-answers";
export const VERSION = 1;
export const MAX_BYTES = 5_000_000;
const SAVED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export interface Entry {
  kind?: string;
  version?: number;
  /** What people read instead of the id; records of before have none. */
  title?: string;
  saved: string;
  response: Record<string, unknown>;
}

export type Entries = Record<string, Entry>;

/** Another person's answers on a shared computer, put away until they are wanted or deleted. */
export interface Other {
  name: string;
  entries: Entries;
  /** What had been set aside, by name. */
  aside: Record<string, string>;
}

/** A record that cannot be used, in words for a learner. */
export class BadRecord extends Error {
  constructor(why: string, readonly newer = false) {
    super(why);
  }
}

function isEntry(value: unknown): value is Entry {
  return isObject(value) && typeof value.saved === "string" && SAVED.test(value.saved) && isObject(value.response);
}

/**
 * In a page opened from a disk, Chromium may hear of the first use of the storage before it hears that
 * the page has come: the page then has a storage of its own, empty, that is gone when the page is left.
 * Reading the cookies, of which there are none, waits until it has heard. The same stands in the head of
 * a page of the book (pvwidgets/book.py), whose theme uses the storage before this script comes.
 */
function settle(): void {
  // A call, for the minifier takes a bare getter out.
  if (location.protocol === "file:") Reflect.get(document, "cookie");
}

export class Store {
  /** What the browser does not keep, by name. */
  #memory = new Map<string, string>();
  /** What is to be said to the learner, one sentence for each sort of trouble. */
  readonly troubles = new Map<string, string>();

  constructor(readonly course: string) {
    settle();
  }

  get told(): string {
    return [...this.troubles.values()].join();
  }

  #name(id: string): string {
    return `pv:${this.course}:${id}`;
  }

  #getText(name: string): string | null {
    return this.#memory.get(name) ?? this.#asking(() => localStorage.getItem(name), null);
  }

  #putText(name: string, text: string): boolean {
    try {
      localStorage.setItem(name, text);
      this.#memory.delete(name);
      if (!this.#memory.size) this.troubles.delete("storage");
      return true;
    } catch (fault) {
      this.#memory.set(name, text);
      const full = fault instanceof DOMException && fault.name === "QuotaExceededError";
      this.troubles.set("storage", full ? ui.storageFull : ui.noStorage);
      return false;
    }
  }

  #drop(name: string): void {
    this.#memory.delete(name);
    this.#asking(() => localStorage.removeItem(name), undefined);
  }

  /** The names that begin so, of this course. */
  #names(sort: string): string[] {
    const names = new Set([...this.#memory.keys(), ...this.#asking(() => Object.keys(localStorage), [])]);
    return [...names].filter((name) => name.startsWith(`${sort}:${this.course}:`)).sort();
  }

  /** What the browser's storage says, where it can be asked. */
  #asking<T>(call: () => T, otherwise: T): T {
    try {
      return call();
    } catch {
      this.troubles.set("storage", ui.noStorage);
      return otherwise;
    }
  }

  /** The entry of an activity; null where there is none, or none that can be read. */
  get(id: string): Entry | null {
    const name = this.#name(id);
    const text = this.#getText(name);
    if (this.#left.has(id)) return this.#unsaved.get(id) ?? null;
    if (text === null) return null;
    try {
      return this.parse(text)[id] ?? null;
    } catch (fault) {
      if (!(fault instanceof BadRecord)) throw fault;
      if (fault.newer) {
        this.#left.add(id);
        this.troubles.set(`newer ${id}`, say(ui.newerHere, { id }));
      } else if (this.setAside(id, text)) this.#drop(name);
      return null;
    }
  }

  /** Records that are left alone: a newer version keeps them, or there is no room to set them aside. */
  #left = new Set<string>();
  /** Answers to the activities of those records. */
  #unsaved = new Map<string, Entry>();

  /** Whether the browser keeps it; in any case it is there until the page is left. */
  put(id: string, entry: Entry): boolean {
    if (!this.#left.has(id)) return this.#putText(this.#name(id), this.#record({ [id]: entry }));
    this.#unsaved.set(id, entry);
    return false;
  }

  /** Keeps what would otherwise be lost, as it is, under another name; where it cannot, its record is left alone. */
  setAside(id: string, text: string): boolean {
    const taken = new Set(this.#names("pv-aside"));
    let n = 1;
    while (taken.has(`pv-aside:${this.course}:${id}:${n}`)) n += 1;
    this.troubles.set(`aside ${id}`, say(ui.setAside, { id }));
    const kept = this.#putText(`pv-aside:${this.course}:${id}:${n}`, text);
    if (!kept) this.#left.add(id);
    return kept;
  }

  all(): Entries {
    const prefix = this.#name("");
    const entries = new Map<string, Entry>(this.#unsaved);
    for (const name of this.#names("pv")) {
      const id = name.slice(prefix.length);
      const entry = this.get(id);
      if (entry) entries.set(id, entry);
    }
    return Object.fromEntries(entries);
  }

  /** Deletes everything of this course, other people's answers too. */
  clear(): void {
    for (const sort of ["pv", "pv-aside", "pv-other"]) {
      for (const name of this.#names(sort)) this.#drop(name);
    }
    this.#unsaved.clear();
    this.#left.clear();
    this.troubles.clear();
  }

  others(): Other[] {
    return this.#names("pv-other").flatMap((name) => {
      try {
        const text = this.#getText(name) ?? "";
        const entries = this.parse(text);
        const { aside } = JSON.parse(text) as Partial<Other>;
        return [{ name, entries, aside: isObject(aside) ? aside : {} }];
      } catch {
        return [];
      }
    });
  }

  /** Puts away what is kept here, and what was set aside; false, and nothing changed, where the browser keeps nothing more. */
  putAway(): boolean {
    const mine = this.all();
    if (!Object.keys(mine).length) return true;
    const name = `pv-other:${this.course}:${new Date().toISOString()}`;
    if (!this.#putText(name, this.dump())) {
      this.#drop(name);
      return false;
    }
    Object.keys(mine).forEach((id) => this.#left.has(id) || this.#drop(this.#name(id)));
    for (const one of this.#names("pv-aside")) this.#drop(one);
    for (const sort of this.troubles.keys()) sort.startsWith("aside") && this.troubles.delete(sort);
    this.#unsaved.clear();
    return true;
  }

  /** False where not all of it is kept; then it stays put away as well. */
  bringBack(other: Other): boolean {
    if (!this.putAway()) return false;
    const lost = [
      ...Object.entries(other.aside).filter(([name, text]) => !this.setAside(name.replace(/:\d+$/, ""), text)),
      ...Object.entries(other.entries).filter(([id, entry]) => !this.put(id, entry)),
    ];
    if (lost.length) return false;
    this.#drop(other.name);
    return true;
  }

  forget(other: Other): void {
    this.#drop(other.name);
  }

  /** Calls back with the id of an activity whose entry changed in another tab; without one when any may have changed. */
  watch(changed: (id?: string) => void, cleared: () => void): void {
    // WebKit does not tell pages from a disk of each other's changes. What was cleared elsewhere stays on the screen.
    for (const seen of ["visibilitychange", "focus"]) {
      addEventListener(seen, () => document.hidden || this.troubles.has("cleared") || changed());
    }
    addEventListener("storage", (event) => {
      const prefix = this.#name("");
      if (event.key === null) {
        this.troubles.set("cleared", ui.cleared);
        cleared();
      } else if (event.key.startsWith(prefix)) {
        const id = event.key.slice(prefix.length);
        this.#memory.delete(event.key);
        changed(id);
      }
    });
  }

  #record(activities: Entries, more: object = {}): string {
    return `${JSON.stringify({ format: FORMAT, version: VERSION, course: this.course, activities, ...more }, null, 1)}\n`;
  }

  /** Everything that is kept here, as a file; what could not be read goes along as it is. */
  dump(): string {
    const prefix = `pv-aside:${this.course}:`;
    const aside = this.#names("pv-aside").map((name) => [name.slice(prefix.length), this.#getText(name)]);
    return this.#record(this.all(), aside.length ? { aside: Object.fromEntries(aside) } : {});
  }

  /** The entries of a record, or BadRecord. Nothing is kept yet. */
  parse(text: string): Entries {
    if (text.length > MAX_BYTES) throw new BadRecord(ui.whyBig);
    let record: unknown;
    try {
      record = JSON.parse(text);
    } catch {
      throw new BadRecord(ui.whyJson);
    }
    if (!isObject(record) || record.format !== FORMAT || typeof record.version !== "number") throw new BadRecord(ui.whyFormat);
    if (record.version > VERSION) throw new BadRecord(ui.whyNewer, true);
    if (!isObject(record.activities)) throw new BadRecord(ui.whyFormat);
    if (record.course !== this.course) throw new BadRecord(say(ui.whyCourse, { course: String(record.course).slice(0, 60) }));
    for (const [id, entry] of Object.entries(record.activities)) {
      if (!isEntry(entry)) throw new BadRecord(say(ui.whyDamaged, { id: id.slice(0, 60) }));
    }
    return record.activities as Entries;
  }
}
