/** The menu "Your answers" of a published page: save, load with a preview, share, print, delete. */
import { Component, createRef, type ComponentChildren } from "preact";
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

const when = (saved: string) => new Date(saved).toLocaleString();
/** A question gets the focus: it is spoken, and its buttons are next. */
const goTo = (asked: HTMLElement | null) => asked?.focus();
const newest = (entries: Entries) => Object.values(entries).map((entry) => entry.saved).sort().at(-1)!;

/** Follows what is kept. */
class Menu<State = object> extends Component<Host, State> {
  #again = () => this.forceUpdate();
  override componentDidMount() {
    this.props.menus.add(this.#again);
  }
  override componentWillUnmount() {
    this.props.menus.delete(this.#again);
  }
  override render(): ComponentChildren {
    return null;
  }
}

function Button(props: { onClick(): void; primary?: boolean; children: ComponentChildren }) {
  return (
    <button type="button" class={`pv-button${props.primary ? " pv-primary" : ""}`} onClick={props.onClick}>
      {props.children}
    </button>
  );
}

/** What is wrong with the place where answers are kept. */
export class Troubles extends Menu {
  override render() {
    return [...this.props.store.troubles].map(([sort, words]) => <p key={sort} class="pv-notice">{words}</p>);
  }
}

interface State {
  shown: boolean;
  /** What is announced. */
  words: string;
  /** The file that is about to be loaded. */
  incoming?: Entries | undefined;
  ask?: { words: string; yes: string; then(): void } | undefined;
}

export class AnswersMenu extends Menu<State> {
  #dialog = createRef<HTMLDialogElement>();
  #file = createRef<HTMLInputElement>();
  override state: State = { shown: false, words: "" };

  // An answer takes the buttons of its question away, and with them the focus.
  override componentDidUpdate() {
    const dialog = this.#dialog.current!;
    if (this.state.shown && !dialog.contains(document.activeElement)) dialog.focus();
  }

  #tell = (words = "", more: Partial<State> = {}) => {
    this.setState({ incoming: undefined, ask: undefined, words, ...more });
    if (this.#file.current) this.#file.current.value = "";
  };
  #change(done: boolean, message: string) {
    this.props.readAgain();
    this.#tell(done ? message : ui.notKept);
  }
  #save = () => {
    const { store } = this.props;
    const file = `${store.course}-answers.json`;
    download(file, store.dump());
    this.#tell(say(ui.saved, { file }));
  };
  #pick = async () => {
    const chosen = this.#file.current?.files?.[0];
    if (!chosen) return;
    try {
      if (chosen.size > MAX_BYTES) throw new BadRecord(ui.whyBig);
      this.#tell("", { incoming: this.props.store.parse(await chosen.text()) });
    } catch (fault) {
      if (!(fault instanceof BadRecord)) throw fault;
      this.#tell(say(ui.loadBad, { why: fault.message }));
    }
  };

  override render() {
    const { store, root } = this.props;
    const { shown, words, incoming, ask } = this.state;
    const entries = shown ? store.all() : {};
    const others = shown ? store.others() : [];
    const effect = (id: string, entry: Entry): "New" | "Newer" | "Older" | "Same" => {
      const mine = entries[id]?.saved;
      return !mine ? "New" : entry.saved > mine ? "Newer" : entry.saved < mine ? "Older" : "Same";
    };
    const accept = () => {
      const wanted = Object.entries(incoming!).filter(([id, entry]) => ["New", "Newer"].includes(effect(id, entry)));
      wanted.forEach(([id, entry]) => store.put(id, entry));
      this.#change(true, count(ui, "loaded", wanted.length));
    };
    /** A button that does what it says when its question is answered with yes. */
    const asking = (name: string, words: string, yes: string, then: () => void) => (
      <Button onClick={() => this.#tell("", { ask: { words, yes, then } })}>{name}</Button>
    );

    return (
      <div class="pv-footer">
        <button
          type="button" class="pv-button pv-quiet"
          onClick={() => { this.#tell("", { shown: true }); this.#dialog.current!.showModal(); }}
        >{ui.answers}</button>
        {/* Sphinx's pages catch Escape for themselves; it is to close the dialog. */}
        <dialog
          ref={this.#dialog} class="pv-dialog" tabIndex={-1} aria-label={ui.answers}
          onKeyDown={(event) => event.stopPropagation()} onClose={() => this.setState({ shown: false })}
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
                <Button onClick={this.#save}>{ui.save}</Button>
                <Button onClick={() => this.#file.current!.click()}>{ui.load}</Button>
                {asking(ui.notMe, ui.notMeSure, ui.notMeYes, () => this.#change(store.putAway(), ui.notMeDone))}
                {asking(ui.delete, ui.deleteSure, ui.deleteYes, () => { store.clear(); this.#change(true, ui.deleted); })}
              </div>
              <input ref={this.#file} hidden type="file" accept=".json,application/json" onChange={this.#pick} />
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
                    <Button onClick={() => this.#tell()}>{ui.cancel}</Button>
                  </div>
                </div>
              )}
              {ask && (
                <div key={ask.words} class="pv-preview" role="group" aria-label={ask.words} tabIndex={-1} ref={goTo}>
                  <p>{ask.words}</p>
                  <div class="pv-actions">
                    <Button primary onClick={ask.then}>{ask.yes}</Button>
                    <Button onClick={() => this.#tell()}>{ui.cancel}</Button>
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
                          <Button onClick={() => this.#change(store.bringBack(other), ui.broughtBack)}>{ui.bringBack}</Button>
                          {asking(
                            ui.forget, say(ui.forgetSure, { when: when(newest(other.entries)) }), ui.deleteYes,
                            () => { store.forget(other); this.#change(true, ui.forgotten); },
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
              <p class="pv-status" role="status">{words}</p>
              <div class="pv-actions">
                <Button onClick={() => this.#dialog.current!.close()}>{ui.close}</Button>
              </div>
            </>
          )}
        </dialog>
      </div>
    );
  }
}
