/** The same activities as an anywidget: the response is a trait that Python reads and sets. */
import { mount } from "../app/shell";
import type { Public, Session } from "../core/types";
import { setWords, words as catalogue } from "../core/words";

interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  on(event: string, call: () => void): void;
  off(event: string, call: () => void): void;
  save_changes(): void;
}

const CHANGES = "change:response change:_others";

/** The way out of a server that forgets: a button that copies the work as one line of Python. */
function copier(model: Model, el: HTMLElement): () => void {
  const words = catalogue.code;
  const box = document.createElement("div");
  box.className = "pv-activity";
  const [button, said, hint] = ["button", "p", "p"].map((tag) => document.createElement(tag));
  const line = document.createElement("input");
  button!.className = "pv-button";
  button!.textContent = words.copy;
  said!.setAttribute("role", "status");
  said!.className = hint!.className = "pv-saved";
  hint!.textContent = words.hint;
  line.readOnly = line.hidden = true;
  line.ariaLabel = words.byHand;
  line.style.width = "100%";
  button!.onclick = async () => {
    const code = (line.value = String(model.get("_code")));
    try {
      await navigator.clipboard.writeText(code);
      line.hidden = true;
      said!.textContent = words.copied;
    } catch {
      // Not allowed here, or a page without https.
      line.hidden = false;
      said!.textContent = words.byHand;
      line.select();
    }
  };
  const told = () => {
    box.hidden = !model.get("_code");
  };
  told();
  model.on("change:_code", told);
  box.append(button!, said!, line, hint!);
  el.append(box);
  return () => model.off("change:_code", told);
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  setWords(model.get("_words") as object);
  const session: Session = {
    read: () => model.get("response"),
    write(response) {
      model.set("response", response);
      model.save_changes();
    },
    others: (id) => (model.get("_others") as Record<string, unknown>)[id],
    listen(changed) {
      model.on(CHANGES, changed);
      return () => model.off(CHANGES, changed);
    },
  };
  const root = document.createElement("section");
  const place = document.createElement("p");
  place.className = "pv-saved";
  const told = () => {
    place.textContent = String(model.get("_notice") ?? "");
  };
  told();
  model.on("change:_notice", told);
  el.replaceChildren(root, place);
  const uncopy = copier(model, el);
  const unmount = mount({ root, open: model.get("_public") as Public, answerKey: model.get("_key"), session });
  return () => {
    model.off("change:_notice", told);
    uncopy();
    unmount();
  };
}

export default { render };
