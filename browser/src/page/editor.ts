import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { say } from "../words";

/** The place of a click or a tap, from the upper left corner of the window. */
export interface Place {
  x: number;
  y: number;
}

/** The editor of a cell; the code looks as it did before, because both use the same classes. Tab leaves it. */

export interface EditorActions {
  change(source: string): void;
  run(): void;
  runAndGoOn(): void;
  leave(): void;
}

export interface Editor {
  readonly element: HTMLElement;
  /** Takes the keyboard; the cursor goes to `place` if it is given. */
  focus(place?: Place): void;
  /** Replaces the whole text; Ctrl+Z takes it back. */
  replace(source: string): void;
}

export function openEditor(source: string, actions: EditorActions): Editor {
  const does = (action: () => void) => () => {
    action();
    return true;
  };
  const view = new EditorView({
    state: EditorState.create({
      doc: source,
      extensions: [
        keymap.of([
          { key: "Shift-Enter", run: does(actions.runAndGoOn) },
          { key: "Mod-Enter", run: does(actions.run) },
          { key: "Escape", run: does(actions.leave) },
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        history(),
        javascript({ typescript: true }),
        syntaxHighlighting(classHighlighter),
        bracketMatching(),
        indentOnInput(),
        EditorView.contentAttributes.of({ "aria-label": say("The code of this cell"), lang: "en" }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) actions.change(state.doc.toString());
        }),
      ],
    }),
  });
  return {
    element: view.dom,
    focus(place) {
      view.focus();
      if (place) view.dispatch({ selection: { anchor: view.posAtCoords(place, false) } });
    },
    replace: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
  };
}
