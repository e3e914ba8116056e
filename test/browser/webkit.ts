import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import type { TestContext } from "node:test";
import { findProgram } from "./browsers";
import { ended, freePort } from "./lab";

/** WebKit, the engine of Safari, as Debian's packages webkit2gtk-driver and xvfb have it: by the WebDriver protocol. */

/** Why tests of WebKit are skipped; false if they can run. */
export function noWebKit(): string | false {
  const missing = ["WebKitWebDriver", "Xvfb"].filter((name) => findProgram([name]) === undefined);
  return missing.length > 0 && `no ${missing.join(", ")} on the PATH (packages webkit2gtk-driver and xvfb)`;
}

export class WebKitPage {
  private constructor(private readonly session: string) {}

  /** Opens a browser that ends with the test. */
  static async open(t: TestContext): Promise<WebKitPage> {
    const display = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x900x24"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    t.after(() => ended(display));
    const [number] = (await once(display.stdout!, "data")) as [Buffer];
    const port = await freePort();
    const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
      stdio: "ignore",
      env: {
        ...process.env,
        DISPLAY: `:${number.toString().trim()}`,
        // the sandbox cannot be made in a container, and the pages are ours
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
        WEBKIT_DISABLE_COMPOSITING_MODE: "1",
      },
    });
    t.after(() => ended(driver));
    const address = `http://127.0.0.1:${port}/session`;
    const { sessionId } = (await whenServed(() => ask(address, { capabilities: {} }))) as { sessionId: string };
    return new WebKitPage(`${address}/${sessionId}`);
  }

  async goto(url: string): Promise<void> {
    await ask(`${this.session}/url`, { url });
    // the driver may answer before the page's scripts have run, or while the page before is still there
    await this.waitFor(`location.href === ${JSON.stringify(url)} && document.readyState === "complete"`);
  }

  evaluate(expression: string): Promise<unknown> {
    return ask(`${this.session}/execute/sync`, { script: `return (${expression})`, args: [] });
  }

  async waitFor(expression: string): Promise<void> {
    while (!(await this.evaluate(expression))) await after(200);
  }
}

async function ask(address: string, body: object): Promise<unknown> {
  const response = await fetch(address, { method: "POST", body: JSON.stringify(body) });
  const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
  if (!response.ok) throw new Error(`WebKit: ${value?.error}: ${value?.message}`);
  return value;
}

async function whenServed<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch's error for a port at which nobody listens yet
      await after(100);
    }
  }
}
