import type { MimeBundle } from "../../lib/src/display/index";

export interface Message {
  readonly data: MimeBundle;
  readonly metadata: object;
  readonly transient: { readonly display_id: string };
  readonly update: boolean;
}

type Writer = (message: Omit<Message, "update">, update: boolean) => void;

// tslab's own module, so that the slot is the one that the kernel fills
const jupyter = require("tslab/dist/jupyter.js") as { lastWriteDisplayData: Writer | null };

/** Stands in for the kernel while `work` runs, and gives what it published. */
export async function recordDisplays(work: () => unknown): Promise<Message[]> {
  const messages: Message[] = [];
  jupyter.lastWriteDisplayData = (message, update) => messages.push({ ...message, update });
  try {
    await work();
  } finally {
    jupyter.lastWriteDisplayData = null;
  }
  return messages;
}
