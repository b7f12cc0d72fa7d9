/** The menu "Your answers" of a published page: save, load with a preview, delete. */
import { useRef, useState } from "preact/hooks";
import { BadFile, type Entries, type Store } from "../core/storage";
import { count, say, ui } from "../core/words";

const when = (saved: string) => new Date(saved).toLocaleString();

export function AnswersMenu({ store, refresh }: { store: Store; refresh(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState("");
  const [incoming, setIncoming] = useState<Entries | null>(null);
  const [sure, setSure] = useState(false);
  const [entries, setEntries] = useState<Entries>({});

  const reset = (message = "") => {
    setEntries(store.all());
    setIncoming(null);
    setSure(false);
    setWords(message);
    if (file.current) file.current.value = "";
  };
  const save = () => {
    const name = `${store.course}-answers.json`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([store.dump()], { type: "application/json" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
    setWords(say(ui.saved, { file: name }));
  };
  const pick = async () => {
    const chosen = file.current?.files?.[0];
    if (!chosen) return;
    reset();
    try {
      setIncoming(store.parse(chosen.size > 5_000_000 ? " ".repeat(5_000_001) : await chosen.text()));
    } catch (fault) {
      if (!(fault instanceof BadFile)) throw fault;
      setWords(say(ui.loadBad, { why: fault.message }));
    }
  };
  const effect = (id: string): "New" | "Newer" | "Older" | "Same" => {
    const mine = entries[id]?.saved;
    const theirs = incoming![id]!.saved;
    return !mine ? "New" : theirs > mine ? "Newer" : theirs < mine ? "Older" : "Same";
  };
  const accept = () => {
    const wanted = Object.keys(incoming!).filter((id) => ["New", "Newer"].includes(effect(id)));
    wanted.forEach((id) => store.put(id, incoming![id]!));
    refresh();
    reset(count("loaded", wanted.length));
  };
  const remove = () => {
    store.clear();
    refresh();
    reset(ui.deleted);
  };

  return (
    <div class="pv-footer">
      {store.broken && <p class="pv-notice">{ui.noStorage}</p>}
      <button
        type="button" class="pv-button pv-quiet"
        onClick={() => { reset(); dialog.current!.showModal(); }}
      >{ui.answers}</button>
      <dialog ref={dialog} class="pv-dialog" aria-label={ui.answers}>
        <p class="pv-title">{ui.answers}</p>
        <p>{ui.dialogLead}</p>
        {Object.keys(entries).length ? (
          <>
            <p>{ui.dialogList}</p>
            <ul>
              {Object.entries(entries).map(([id, entry]) => (
                <li key={id}>{say(ui.dialogEntry, { id, when: when(entry.saved) })}</li>
              ))}
            </ul>
          </>
        ) : <p>{ui.dialogNone}</p>}
        <div class="pv-actions">
          <button type="button" class="pv-button" onClick={save}>{ui.save}</button>
          <button type="button" class="pv-button" onClick={() => file.current!.click()}>{ui.load}</button>
          <button type="button" class="pv-button" onClick={() => { reset(); setSure(true); }}>{ui.delete}</button>
        </div>
        <input ref={file} class="pv-file" type="file" accept=".json,application/json" aria-label={ui.load} tabIndex={-1} onChange={pick} />
        {incoming && (
          <div class="pv-preview">
            <p>{ui.preview}</p>
            <ul>
              {Object.entries(incoming).map(([id, entry]) => (
                <li key={id}>{say(ui[`preview${effect(id)}`], { id, when: when(entry.saved) })}</li>
              ))}
            </ul>
            <div class="pv-actions">
              <button type="button" class="pv-button pv-primary" onClick={accept}>{ui.loadYes}</button>
              <button type="button" class="pv-button" onClick={() => reset()}>{ui.cancel}</button>
            </div>
          </div>
        )}
        {sure && (
          <div class="pv-preview">
            <p>{ui.deleteSure}</p>
            <div class="pv-actions">
              <button type="button" class="pv-button pv-primary" onClick={remove}>{ui.deleteYes}</button>
              <button type="button" class="pv-button" onClick={() => reset()}>{ui.cancel}</button>
            </div>
          </div>
        )}
        <p class="pv-status" role="status">{words}</p>
        <div class="pv-actions">
          <button type="button" class="pv-button" onClick={() => dialog.current!.close()}>{ui.close}</button>
        </div>
      </dialog>
    </div>
  );
}
