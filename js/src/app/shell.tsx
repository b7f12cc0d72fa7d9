/** What all kinds of activity share: title, prompt, one live region, notices, the link to a host. */
import { patch, type Child, type VNode } from "../core/dom";
import { setHere } from "../core/here";
import { decimal } from "../core/results";
import { keepWorksheet } from "../core/print";
import { Rich } from "../core/rich";
import type { Public, Session } from "../core/types";
import { ui } from "../core/words";
import { kinds } from "../kinds";
import { grade } from "./grading";

interface Props {
  root: HTMLElement;
  open: Public;
  answerKey: unknown;
  session: Session;
  /** What the host adds above and below: notices, the menu of stored answers. */
  header?(): Child;
  footer?(): Child;
}

interface State {
  response: object;
  /** Whether something that is stored does not fit. */
  changed: boolean;
  /** What is announced, and how often something was. */
  words: string;
  turn: number;
  local: Record<string, any>;
}

// An activity may stand twice in a document, and ids must not.
let unique = 0;

function started(response: unknown): boolean {
  return typeof response === "object" && response !== null && Object.keys(response).length > 0;
}

/** The response to show for what is stored. */
function opened(open: Public, session: Session): Pick<State, "response" | "changed"> {
  const { rule } = kinds[open.kind]!;
  const stored = session.read();
  if (!started(stored)) return { response: rule.blank(open), changed: false };
  const response = rule.fit(open, stored);
  return { response, changed: JSON.stringify(response) !== JSON.stringify(stored) };
}

/** Shows an activity in an element; returns how to take it away again. */
export function mount({ root, open, answerKey, session, header, footer }: Props): () => void {
  const { rule, View, lamps } = kinds[open.kind]!;
  const base = `pv-${open.id}-${++unique}-`;
  root.classList.add("pv-activity");
  root.dataset.activity = open.id;
  root.setAttribute("aria-labelledby", `${base}title`);
  keepWorksheet(root);
  let app: Node = document.createElement("div");
  root.replaceChildren(app);

  let state: State = { ...opened(open, session), words: "", turn: 0, local: {} };
  let wanted: string | undefined;
  let due = false;
  let over = false;

  /** Several changes by one event are drawn once. */
  const update = (next: Partial<State> = {}) => {
    Object.assign(state, next);
    if (!due) queueMicrotask(draw);
    due = true;
  };
  const say = (words: string) => update({ words, turn: state.turn + 1 });
  const focus = (target: string) => {
    wanted = target;
    update();
  };
  const hold = (next: State["local"]) => update({ local: { ...state.local, ...next } });

  function view(): Child {
    const { response, changed, words, turn, local } = state;
    const result = grade(open, answerKey, response);
    const { latest } = result;
    const { dataset } = root;
    if (latest && lamps) dataset.rulesMet = String(Object.values(latest.items).filter((lamp) => lamp === "met").length);
    else if (latest && (response as { tries?: number }).tries) {
      dataset.score = decimal(latest.score);
      dataset.max = decimal(latest.max);
    } else {
      delete dataset.score;
      delete dataset.max;
    }
    setHere({ local, hold, focus });
    return (
      <div class="pv-app">
        <p class="pv-title" id={`${base}title`}>{open.title}</p>
        <div class="pv-prompt"><Rich nodes={open.prompt} /></div>
        {header?.()}
        {changed && <p class="pv-notice">{ui.changed}</p>}
        <View
          rule={rule} base={base} open={open} key_={answerKey} response={response} result={result}
          say={say} others={session.others} local={local} hold={hold} focus={focus}
          change={(next, said) => {
            // Not when it is read: a tab with another version of the activity would answer, and so on without end.
            if (state.changed) session.setAside?.(session.read());
            update({ response: next, changed: false });
            session.write(next);
            if (said !== undefined) say(said);
          }}
        />
        {/* A space more or less makes a screen reader speak the same words again; Orca reads them anew only in a paragraph. */}
        <div class="pv-status" role="status"><p>{words + (turn % 2 ? "\u00a0" : "")}</p></div>
        {footer?.()}
      </div>
    );
  }

  function draw(): void {
    due = false;
    if (over) return;
    let next;
    try {
      next = view();
    } catch (fault) {
      // A fault of ours in one activity leaves the page and the stored answers as they are.
      console.error(fault);
      over = true;
      next = <p class="pv-notice">{ui.failed}</p>;
    }
    const had = root.contains(document.activeElement);
    app = patch(app, next as VNode);
    if (wanted) root.querySelector<HTMLElement>(wanted)?.focus();
    // An answer takes the buttons of its question away, and with them the focus.
    else if (had && !root.contains(document.activeElement)) root.querySelector<HTMLElement>("dialog[open]")?.focus();
    wanted = undefined;
    root.dataset.ready = "true";
  }

  const leave = session.listen((fresh) => {
    const next = opened(open, session);
    // What a view holds of other answers, or of another person, goes with them: what was told, a text too long to be kept.
    // A notebook's model calls with arguments of its own, so only true is true.
    const same = fresh !== true && JSON.stringify(next.response) === JSON.stringify(state.response);
    update(same ? { changed: next.changed } : { ...next, local: { menu: state.local.menu } });
  }, update);
  draw();
  return () => {
    over = true;
    leave();
    root.replaceChildren();
  };
}
