import type { Commands } from "./jupyterlite";
import { keepForOffline } from "./offline/visit";

/** What the site tells a reader in JupyterLite, as its notifications. */

const SHOW_NEWER = "dlfs:show-newer-edition";
let isTold = false;
let isKept = false;

interface Notification {
  message: string;
  type: "info" | "in-progress" | "success" | "warning";
  options: { autoClose?: number | false; actions?: { label: string; commandId: string }[] };
}

/** Shows a notification; returns its id, if this view of JupyterLite has notifications. */
async function notify(commands: Commands, notification: Notification): Promise<string | undefined> {
  if (!commands.hasCommand("apputils:notify")) return undefined;
  return (await commands.execute("apputils:notify", notification)) as string;
}

/** Tells the reader once that the site has a newer edition, which `show` loads. */
export function tellOfNewerEdition(commands: Commands, show: () => void): void {
  if (isTold) return;
  isTold = true;
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
  let shown: Promise<string | undefined> | undefined;
  await keepForOffline("jupyterlite", ({ bytes, of, done, reason }) => {
    const megabytes = (count: number): string => (count / 1e6).toFixed(1);
    if (!done) {
      const message = `For use without a network: ${megabytes(bytes)} of ${megabytes(of)} MB are kept`;
      shown = shown
        ? update(commands, shown, message, "in-progress", false)
        : notify(commands, { message, type: "in-progress", options: { autoClose: false } });
    } else if (shown) {
      if (reason === undefined)
        void update(commands, shown, "All notebooks can be used without a network now", "success", 4000);
      else void update(commands, shown, `Not all is kept for use without a network: ${reason}`, "warning", 8000);
    }
  });
}

async function update(
  commands: Commands,
  shown: Promise<string | undefined>,
  message: string,
  type: Notification["type"],
  autoClose: number | false,
): Promise<string | undefined> {
  const id = await shown;
  if (id !== undefined) await commands.execute("apputils:update-notification", { id, message, type, autoClose });
  return id;
}
