import { host } from "../platform";
import { metadataOf, type MimeBundle } from "./bundle";

interface DisplayMessage {
  data: MimeBundle;
  metadata: object;
  transient: { display_id: string };
}

type DisplayWriter = (message: DisplayMessage, update: boolean) => void;

/**
 * One output of a cell: the first show() adds it, and each later show() replaces its content.
 *
 * @example
 * const place = new Output();
 * place.show({ "text/plain": "1 of 2" });
 * place.show({ "text/plain": "2 of 2" }); // the cell shows only this line
 */
export class Output {
  private readonly displayId = host.bytes.uniqueId();
  // read once, so that a late update still goes to the cell that made this output
  private readonly writer = currentWriter();
  private shown = false;

  /** False outside a kernel, where show() does nothing. */
  get connected(): boolean {
    return this.writer !== undefined;
  }

  show(bundle: MimeBundle): void {
    this.writer?.(
      { data: bundle, metadata: metadataOf(bundle), transient: { display_id: this.displayId } },
      this.shown,
    );
    this.shown = true;
  }
}

const contract = Symbol.for("Jupyter.publish");

/**
 * The kernel's function for outputs. tslab has no public function that replaces an output, so under tslab it is read
 * from an internal module of tslab.
 */
function currentWriter(): DisplayWriter | undefined {
  const given = (globalThis as { [contract]?: DisplayWriter })[contract];
  if (given !== undefined) return given;
  const jupyter = host.loadedModule(/[\\/]tslab[\\/]dist[\\/]jupyter\.js$/);
  return (jupyter as { lastWriteDisplayData?: DisplayWriter | null } | undefined)?.lastWriteDisplayData ?? undefined;
}
