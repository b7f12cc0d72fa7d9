/** The menu "Your answers" of a published page: save, load with a preview, share, print, delete. */
import type { Child } from "../core/dom";
import { download } from "../core/download";
import { here } from "../core/here";
import { printWorksheet } from "../core/print";
import { BadRecord, MAX_BYTES, type Entries, type Entry, type Store } from "../core/storage";
import { count, say, ui } from "../core/words";

interface Props {
  store: Store;
  /** With true, for somebody else. */
  readAgain(fresh: boolean): void;
  root: HTMLElement;
}

interface State {
  shown?: boolean;
  /** What is announced. */
  words?: string;
  /** The file that is about to be loaded. */
  incoming?: Entries | undefined;
  ask?: { words: string; yes: string; then(): void } | undefined;
}

const when = (saved: string) => new Date(saved).toLocaleString();
/** What a list says of an entry. */
const tellOf = (words: string, id: string, entry: Entry) => say(words, { title: entry.title ?? id, when: when(entry.saved) });
const newest = (entries: Entries) => Object.values(entries).map((entry) => entry.saved).sort().at(-1)!;

function Button(props: { onClick(): void; primary?: boolean; children: Child }) {
  return (
    <button type="button" class={`pv-button${props.primary ? " pv-primary" : ""}`} onClick={props.onClick}>
      {props.children}
    </button>
  );
}

export function AnswersMenu({ store, readAgain, root }: Props) {
  const { local, hold, focus } = here;
  const { shown, words = "", incoming, ask }: State = local.menu ?? {};
  const find = <Found extends HTMLElement>(selector: string) => root.querySelector<Found>(`.pv-dialog${selector}`)!;
  const put = (next: State) => hold({ menu: { shown, ...next } });
  const tell = (words = "", more: State = {}) => put({ words, ...more });
  const change = (done: boolean, message: string, fresh = false) => {
    readAgain(done && fresh);
    tell(done ? message : ui.notKept);
  };
  const save = () => {
    const file = `${store.course}-answers.json`;
    download(file, store.dump());
    tell(say(ui.saved, { file }));
  };
  const pick = async ({ currentTarget: { files } }: { currentTarget: HTMLInputElement }) => {
    const [chosen] = files!;
    if (!chosen) return;
    try {
      if (chosen.size > MAX_BYTES) throw new BadRecord(ui.whyBig);
      tell("", { incoming: store.parse(await chosen.text()) });
    } catch (fault) {
      if (!(fault instanceof BadRecord)) throw fault;
      tell(say(ui.loadBad, { why: fault.message }));
    }
  };
  const entries = shown ? store.all() : {};
  const others = shown ? store.others() : [];
  const effect = (id: string, entry: Entry): "New" | "Newer" | "Older" | "Same" => {
    const mine = entries[id]?.saved;
    return !mine ? "New" : entry.saved > mine ? "Newer" : entry.saved < mine ? "Older" : "Same";
  };
  const accept = () => {
    const wanted = Object.entries(incoming!).filter(([id, entry]) => ["New", "Newer"].includes(effect(id, entry)));
    wanted.forEach(([id, entry]) => store.put(id, entry));
    change(true, count(ui, "loaded", wanted.length));
  };
  /** A button that does what it says when its question is answered with yes. */
  const asking = (name: string, words: string, yes: string, then: () => void) => (
    <Button onClick={() => { tell("", { ask: { words, yes, then } }); focus(".pv-preview"); }}>{name}</Button>
  );

  return (
    <div class="pv-footer">
      <button
        type="button" class="pv-button pv-quiet"
        onClick={() => { tell("", { shown: true }); find<HTMLDialogElement>("").showModal(); }}
      >{ui.answers}</button>
      {/* Sphinx's pages catch Escape for themselves; it is to close the dialog. */}
      <dialog
        class="pv-dialog" tabIndex={-1} aria-label={ui.answers}
        onKeyDown={(event) => event.stopPropagation()} onClose={() => put({ shown: false })}
      >
        {shown && (
          <>
            <p class="pv-title">{ui.answers}</p>
            <p>{ui.dialogLead}</p>
            <p>{Object.keys(entries).length ? ui.dialogList : ui.dialogNone}</p>
            <ul>
              {Object.entries(entries).sort(([, a], [, b]) => b.saved.localeCompare(a.saved)).map(([id, entry]) => (
                <li key={id}>{tellOf(ui.dialogEntry, id, entry)}</li>
              ))}
            </ul>
            <div class="pv-actions">
              <Button onClick={save}>{ui.save}</Button>
              <Button onClick={() => find(" [type=file]").click()}>{ui.load}</Button>
              {asking(ui.notMe, ui.notMeSure, ui.notMeYes, () => change(store.putAway(), ui.notMeDone, true))}
              {asking(ui.delete, ui.deleteSure, ui.deleteYes, () => { store.clear(); change(true, ui.deleted, true); })}
            </div>
            <input hidden type="file" accept=".json,application/json" onClick={({ currentTarget: picker }) => { picker.value = ""; }} onChange={pick} />
            {incoming && (
              <div class="pv-preview" role="alert">
                <p>{ui.preview}</p>
                <ul>
                  {Object.entries(incoming).map(([id, entry]) => (
                    <li key={id}>{tellOf(ui[`preview${effect(id, entry)}`], id, entry)}</li>
                  ))}
                </ul>
                <div class="pv-actions">
                  <Button primary onClick={accept}>{ui.loadYes}</Button>
                  <Button onClick={() => tell()}>{ui.cancel}</Button>
                </div>
              </div>
            )}
            {ask && (
              <div key={ask.words} class="pv-preview" role="group" aria-label={ask.words} tabIndex={-1}>
                <p>{ask.words}</p>
                <div class="pv-actions">
                  <Button primary onClick={ask.then}>{ask.yes}</Button>
                  <Button onClick={() => tell()}>{ui.cancel}</Button>
                </div>
              </div>
            )}
            {others.length > 0 && (
              <>
                <p>{ui.others}</p>
                <ul class="pv-others">
                  {others.map((other) => (
                    <li key={other.name}>
                      {say(ui.other, { when: when(newest(other.entries)), titles: Object.entries(other.entries).map(([id, { title }]) => title ?? id).join("; ") })}
                      <div class="pv-actions">
                        <Button onClick={() => change(store.bringBack(other), ui.broughtBack, true)}>{ui.bringBack}</Button>
                        {asking(
                          ui.forget, say(ui.forgetSure, { when: when(newest(other.entries)) }), ui.deleteYes,
                          () => { store.forget(other); change(true, ui.forgotten); },
                        )}
                      </div>
                    </li>
                  ))}
                </ul>
              </>
            )}
            <p>{ui.printLead}</p>
            <div class="pv-actions">
              <Button onClick={() => printWorksheet(root, false)}>{ui.print}</Button>
              {root.dataset.keyed && <Button onClick={() => printWorksheet(root, true)}>{ui.printKey}</Button>}
            </div>
            <div class="pv-status" role="status"><p>{words}</p></div>
            <div class="pv-actions">
              <Button onClick={() => find<HTMLDialogElement>("").close()}>{ui.close}</Button>
            </div>
          </>
        )}
      </dialog>
    </div>
  );
}
