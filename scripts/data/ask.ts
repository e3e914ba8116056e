import { getProxyForUrl } from "proxy-from-env";
import { Agent, ProxyAgent, request, type Dispatcher } from "undici";
import { Refused } from "./refused";

/** The most redirections that are followed: as many as in a browser. */
const MOST_REDIRECTIONS = 20;

const REDIRECTIONS = [301, 302, 303, 307, 308];

export interface Answer extends Dispatcher.ResponseData {
  /** The address of the answer, after all redirections. */
  readonly address: string;
  /** Closes the connection, even if the body has not arrived completely. */
  close(): Promise<void>;
}

/**
 * Requests an address and follows its redirections.
 * @throws Refused if a redirection has no valid address; errors of the network are passed on.
 */
export async function ask(address: string, headers: Record<string, string>, timeout: number): Promise<Answer> {
  let next = address;
  for (let followed = 0; followed <= MOST_REDIRECTIONS; followed++) {
    const answer = await askOnce(next, headers, timeout);
    if (!REDIRECTIONS.includes(answer.statusCode)) return answer;
    await answer.close();
    next = target(answer);
  }
  throw new Refused(`it redirects more than ${MOST_REDIRECTIONS} times, the last time to ${next}`);
}

function target({ address, statusCode, headers }: Answer): string {
  const location = [headers.location].flat()[0];
  const url = location === undefined || !URL.canParse(location, address) ? undefined : new URL(location, address);
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new Refused(`${statusCode}, it redirects to ${location ?? "no address"}: wanted http:// or https://`);
  }
  return url.href;
}

async function askOnce(address: string, headers: Record<string, string>, timeout: number): Promise<Answer> {
  const dispatcher = dispatcherFor(address, timeout);
  try {
    const answer = await request(address, { dispatcher, headers });
    // a body that nobody reads gets an error when its connection is closed
    answer.body.on("error", () => {});
    // destroy and not close, because close would wait for a body that may never end
    return Object.assign(answer, { address, close: () => dispatcher.destroy() });
  } catch (error) {
    await dispatcher.destroy();
    throw error;
  }
}

/** A proxy gets requests for http:// addresses directly; for https:// it opens a tunnel. */
function dispatcherFor(address: string, timeout: number): Dispatcher {
  const limits = { connect: { timeout }, headersTimeout: timeout, bodyTimeout: timeout };
  const proxy = getProxyForUrl(address);
  if (proxy === "") return new Agent(limits);
  if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol)) {
    throw new Refused(`the proxy of HTTP_PROXY or HTTPS_PROXY is ${proxy}: wanted http://NAME:PORT`);
  }
  return new ProxyAgent({ uri: proxy, proxyTunnel: false, ...limits });
}
