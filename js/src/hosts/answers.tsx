/** The menu "Your answers" of a published page: save, load with a preview, share, print, delete. */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { download } from "../core/download";
import { printWorksheet } from "../core/print";
import { BadRecord, MAX_BYTES, type Entries, type Entry, type Store } from "../core/storage";
import { count, say, ui } from "../core/words";

interface Host {
  store: Store;
  menus: Set<() => void>;
  readAgain(): void;
  root: HTMLElement;
}

type Ask = { words: string; yes: string; then(): void } | null;

const when = (saved: string) => new Date(saved).toLocaleString();
/** A question gets the focus: it is spoken, and its buttons are next. */
const goTo = (asked: HTMLElement | null) => asked?.focus();
const newest = (entries: Entries) => Object.values(entries).map((entry) => entry.saved).sort().at(-1)!;

function useStore(menus: Set<() => void>): void {
  const [, again] = useState(0);
  useEffect(() => {
    const call = () => again((n) => n + 1);
    menus.add(call);
    return () => void menus.delete(call);
  }, [menus]);
}

function Button(props: { onClick(): void; primary?: boolean; children: ComponentChildren }) {
  return (
    <button type="button" class={`pv-button${props.primary ? " pv-primary" : ""}`} onClick={props.onClick}>
      {props.children}
    </button>
  );
}

/** What is wrong with the place where answers are kept. */
export function Troubles({ store, menus }: Host) {
  useStore(menus);
  return <>{[...store.troubles].map(([sort, words]) => <p key={sort} class="pv-notice">{words}</p>)}</>;
}

export function AnswersMenu({ store, menus, readAgain, root }: Host) {
  useStore(menus);
  const dialog = useRef<HTMLDialogElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(false);
  const [words, setWords] = useState("");
  const [incoming, setIncoming] = useState<Entries | null>(null);
  const [ask, setAsk] = useState<Ask>(null);

  // An answer takes the buttons of its question away, and with them the focus.
  useLayoutEffect(() => {
    if (shown && !dialog.current!.contains(document.activeElement)) dialog.current!.focus();
  });

  const entries = shown ? store.all() : {};
  const others = shown ? store.others() : [];
  const tell = (message = "") => {
    setIncoming(null);
    setAsk(null);
    setWords(message);
    if (file.current) file.current.value = "";
  };
  const change = (done: boolean, message: string) => {
    readAgain();
    tell(done ? message : ui.notKept);
  };
  const save = () => {
    const name = `${store.course}-answers.json`;
    download(name, store.dump());
    tell(say(ui.saved, { file: name }));
  };
  const pick = async () => {
    const chosen = file.current?.files?.[0];
    if (!chosen) return;
    tell();
    try {
      if (chosen.size > MAX_BYTES) throw new BadRecord(ui.whyBig);
      setIncoming(store.parse(await chosen.text()));
    } catch (fault) {
      if (!(fault instanceof BadRecord)) throw fault;
      tell(say(ui.loadBad, { why: fault.message }));
    }
  };
  const effect = (id: string, entry: Entry): "New" | "Newer" | "Older" | "Same" => {
    const mine = entries[id]?.saved;
    return !mine ? "New" : entry.saved > mine ? "Newer" : entry.saved < mine ? "Older" : "Same";
  };
  const accept = () => {
    const wanted = Object.entries(incoming!).filter(([id, entry]) => ["New", "Newer"].includes(effect(id, entry)));
    wanted.forEach(([id, entry]) => store.put(id, entry));
    change(true, count(ui, "loaded", wanted.length));
  };

  return (
    <div class="pv-footer">
      <button
        type="button" class="pv-button pv-quiet"
        onClick={() => { tell(); setShown(true); dialog.current!.showModal(); }}
      >{ui.answers}</button>
      {/* Sphinx's pages catch Escape for themselves; it is to close the dialog. */}
      <dialog
        ref={dialog} class="pv-dialog" tabIndex={-1} aria-label={ui.answers}
        onKeyDown={(event) => event.stopPropagation()} onClose={() => setShown(false)}
      >
        {shown && (
          <>
            <p class="pv-title">{ui.answers}</p>
            <p>{ui.dialogLead}</p>
            <p>{Object.keys(entries).length ? ui.dialogList : ui.dialogNone}</p>
            <ul>
              {Object.entries(entries).map(([id, entry]) => (
                <li key={id}>{say(ui.dialogEntry, { id, when: when(entry.saved) })}</li>
              ))}
            </ul>
            <div class="pv-actions">
              <Button onClick={save}>{ui.save}</Button>
              <Button onClick={() => file.current!.click()}>{ui.load}</Button>
              <Button onClick={() => {
                tell();
                setAsk({ words: ui.notMeSure, yes: ui.notMeYes, then: () => change(store.putAway(), ui.notMeDone) });
              }}>{ui.notMe}</Button>
              <Button onClick={() => {
                tell();
                setAsk({ words: ui.deleteSure, yes: ui.deleteYes, then: () => { store.clear(); change(true, ui.deleted); } });
              }}>{ui.delete}</Button>
            </div>
            <input ref={file} hidden type="file" accept=".json,application/json" onChange={pick} />
            {incoming && (
              <div class="pv-preview" role="alert">
                <p>{ui.preview}</p>
                <ul>
                  {Object.entries(incoming).map(([id, entry]) => (
                    <li key={id}>{say(ui[`preview${effect(id, entry)}`], { id, when: when(entry.saved) })}</li>
                  ))}
                </ul>
                <div class="pv-actions">
                  <Button primary onClick={accept}>{ui.loadYes}</Button>
                  <Button onClick={() => tell()}>{ui.cancel}</Button>
                </div>
              </div>
            )}
            {ask && (
              <div key={ask.words} class="pv-preview" role="group" aria-label={ask.words} tabIndex={-1} ref={goTo}>
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
                      {say(ui.other, { when: when(newest(other.entries)), ids: Object.keys(other.entries).join(", ") })}
                      <div class="pv-actions">
                        <Button onClick={() => change(store.bringBack(other), ui.broughtBack)}>{ui.bringBack}</Button>
                        <Button onClick={() => {
                          tell();
                          setAsk({
                            words: say(ui.forgetSure, { when: when(newest(other.entries)) }), yes: ui.deleteYes,
                            then: () => { store.forget(other); change(true, ui.forgotten); },
                          });
                        }}>{ui.forget}</Button>
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
            <p class="pv-status" role="status">{words}</p>
            <div class="pv-actions">
              <Button onClick={() => dialog.current!.close()}>{ui.close}</Button>
            </div>
          </>
        )}
      </dialog>
    </div>
  );
}
