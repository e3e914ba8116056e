import { fetchingText } from "./client";
import type { Commands } from "./jupyterlite";
import { keepForOffline } from "./offline/visit";

/** What the site tells a reader in JupyterLite, as its notifications. */

const SHOW_NEWER = "dlfs:show-newer-edition";
let isKept = false;

interface Notification {
  message: string;
  type: "info" | "in-progress" | "success" | "warning";
  options: { autoClose?: number | false; actions?: { label: string; commandId: string; args?: object }[] };
}

/** How a notification looks, and after how many milliseconds it closes. */
const LOOKS = {
  keeping: { type: "in-progress", autoClose: false },
  kept: { type: "success", autoClose: 4000 },
  fetched: { type: "success", autoClose: 1000 },
  "not all kept": { type: "warning", autoClose: 8000 },
} as const;

/** Shows a notification; returns its id, if this view of JupyterLite has notifications. */
export async function notify(commands: Commands, notification: Notification): Promise<string | undefined> {
  if (!commands.hasCommand("apputils:notify")) return undefined;
  return (await commands.execute("apputils:notify", notification)) as string;
}

/** Tells the reader that the site has a newer edition, which `show` loads. */
export function tellOfNewerEdition(commands: Commands, show: () => void): void {
  commands.addCommand(SHOW_NEWER, { label: "Show the newer edition of this site", execute: show });
  void notify(commands, {
    message: "This site has a newer edition. Your notebooks stay.",
    type: "info",
    options: { autoClose: false, actions: [{ label: "Show it", commandId: SHOW_NEWER }] },
  });
}

/** Keeps JupyterLite, the kernel and all notebooks in this browser, and shows how far it is. */
export async function keepJupyterLite(commands: Commands): Promise<void> {
  if (isKept) return;
  isKept = true;
  const show = changing(commands);
  await keepForOffline(undefined, ({ state, text }) => show({ message: text, ...LOOKS[state] }));
}

/** Returns what shows the fetches of a kernel that take more than a second. */
export function tellOfFetch(commands: Commands): (progress: { bytes: number; of: number }) => void {
  let began: number | undefined;
  let show: ReturnType<typeof changing> | undefined;
  return ({ bytes, of }) => {
    began ??= performance.now();
    const isOver = bytes === of;
    if (!isOver && performance.now() - began > 1000) show ??= changing(commands);
    show?.({ message: fetchingText(bytes, of), ...(isOver ? LOOKS.fetched : LOOKS.keeping) });
    if (isOver) began = show = undefined;
  };
}

interface Change {
  message: string;
  type: Notification["type"];
  autoClose: number | false;
}

/** Returns what shows one notification, and changes it from the second call on. */
function changing(commands: Commands): (change: Change) => void {
  let shown: Promise<string | undefined> | undefined;
  return (change) => {
    const { message, type, autoClose } = change;
    shown = shown ? update(commands, shown, change) : notify(commands, { message, type, options: { autoClose } });
  };
}

async function update(
  commands: Commands,
  shown: Promise<string | undefined>,
  change: Change,
): Promise<string | undefined> {
  const id = await shown;
  if (id !== undefined) await commands.execute("apputils:update-notification", { id, ...change });
  return id;
}
