/** What all kinds of activity share: title, prompt, one live region, notices, the link to a host. */
import { Component, render, type ComponentChildren } from "preact";
import { decimal } from "../core/results";
import { keepWorksheet } from "../core/print";
import { Rich } from "../core/rich";
import type { Public, Result, Session } from "../core/types";
import { ui } from "../core/words";
import { kinds } from "../kinds";
import { grade } from "./grading";

interface Props {
  root: HTMLElement;
  open: Public;
  answerKey: unknown;
  session: Session;
  /** What the host adds above and below: notices, the menu of stored answers. */
  header?: ComponentChildren;
  footer?: ComponentChildren;
}

// An activity may stand twice in a document, and ids must not.
let unique = 0;

function started(response: unknown): boolean {
  return typeof response === "object" && response !== null && Object.keys(response).length > 0;
}

/** The response to show for what is stored, and whether something no longer fitted. */
function opened(open: Public, session: Session): { response: object; changed: boolean } {
  const { rule } = kinds[open.kind]!;
  const stored = session.read();
  if (!started(stored)) return { response: rule.blank(open), changed: false };
  const response = rule.fit(open, stored);
  const changed = JSON.stringify(response) !== JSON.stringify(stored);
  if (changed && session.setAside) {
    session.setAside(stored);
    session.write(response);
  }
  return { response, changed };
}

interface State {
  response: object;
  changed: boolean;
  /** What is announced, and how often something was. */
  words: string;
  turn: number;
  local: Record<string, any>;
}

class Shell extends Component<Props, State> {
  #prefix = `pv-${this.props.open.id}-${++unique}-`;
  #leave?: () => void;
  #result!: Result;
  override state = { ...opened(this.props.open, this.props.session), words: "", turn: 0, local: {} };

  #say = (words: string) => this.setState(({ turn }) => ({ words, turn: turn + 1 }));

  override componentDidMount() {
    const { open, session } = this.props;
    this.#leave = session.listen(() => this.setState(opened(open, session)));
    this.componentDidUpdate();
  }

  override componentWillUnmount() {
    this.#leave?.();
  }

  override componentDidUpdate() {
    const { root, open } = this.props;
    const { response } = this.state;
    const { latest } = this.#result;
    root.setAttribute("aria-labelledby", `${this.#prefix}title`);
    if (latest && kinds[open.kind]!.lamps) root.dataset.rulesMet = String(Object.values(latest.items).filter((lamp) => lamp === "met").length);
    else if (latest && (response as { tries?: number }).tries) {
      root.dataset.score = decimal(latest.score);
      root.dataset.max = decimal(latest.max);
    } else {
      delete root.dataset.score;
      delete root.dataset.max;
    }
    root.dataset.ready = "true";
  }

  override render({ root, open, answerKey, session, header, footer }: Props, { response, changed, words, turn, local }: State) {
    const { rule, View } = kinds[open.kind]!;
    this.#result = grade(open, answerKey, response);
    return (
      <>
        <p class="pv-title" id={`${this.#prefix}title`}>{open.title}</p>
        <div class="pv-prompt"><Rich nodes={open.prompt} /></div>
        {header}
        {changed && <p class="pv-notice">{ui.changed}</p>}
        <View
          rule={rule}
          base={this.#prefix}
          open={open}
          key_={answerKey}
          response={response}
          result={this.#result}
          say={this.#say}
          others={session.others}
          local={local}
          hold={(next) => this.setState((now) => ({ local: { ...now.local, ...next } }))}
          focus={(target) => this.setState({}, () => root.querySelector<HTMLElement>(target)?.focus())}
          change={(next, said) => {
            this.setState({ response: next, changed: false });
            session.write(next);
            if (said !== undefined) this.#say(said);
          }}
        />
        {/* A space more or less makes a screen reader speak the same words again. */}
        <p class="pv-status" role="status">{words + (turn % 2 ? "\u00a0" : "")}</p>
        {footer}
      </>
    );
  }
}

/** A fault of ours in one activity leaves the page and the stored answers as they are. */
class Boundary extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };
  override componentDidCatch(fault: unknown) {
    console.error(fault);
    this.setState({ failed: true });
  }
  override render() {
    return this.state.failed ? <p class="pv-notice">{ui.failed}</p> : this.props.children;
  }
}

/** Shows an activity in an element; returns how to take it away again. */
export function mount(props: Props): () => void {
  const { root, open } = props;
  root.classList.add("pv-activity");
  root.dataset.activity = open.id;
  keepWorksheet(root);
  const app = document.createElement("div");
  app.className = "pv-app";
  root.replaceChildren(app);
  render(<Boundary><Shell {...props} /></Boundary>, app);
  return () => render(null, app);
}
