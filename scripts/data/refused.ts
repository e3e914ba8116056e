/** The reason for which an address did not give the file. */
export class Refused extends Error {
  override readonly name = "Refused";
  /** Whether asking the address again may help. */
  readonly again: boolean;
  /** Whether the bytes that have arrived so far are useless. */
  readonly spoilt: boolean;
  constructor(message: string, { again = false, spoilt = false } = {}) {
    super(message);
    this.again = again;
    this.spoilt = spoilt;
  }
}

/** Errors of this machine's disk, which stop the run; all other errors count as errors of the address. */
const OWN_ERRORS = /^(ENOSPC|EDQUOT|EACCES|EPERM|EROFS|EIO|EMFILE|ENFILE|EISDIR)$/;

/** Errors that may not happen again. An unknown host name or a closed port are not among them. */
const PASSING_ERRORS = /^(UND_ERR_|ECONNRESET|ECONNABORTED|EPIPE|EAI_AGAIN|ETIMEDOUT)/;

function refusedByProxy(status: number): Refused {
  const hint = status === 407 ? " (it wants HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT)" : "";
  return new Refused(`the proxy answers with status ${status}${hint}`, { again: status >= 500 });
}

/** Turns an error of the network into Refused; returns an error of this machine unchanged. */
export function asRefused(error: unknown, timeout: number): unknown {
  const { code = "", message, syscall } = error as NodeJS.ErrnoException;
  // when a firewall refuses a connection, the error has one of the same codes
  if (error instanceof Refused || (OWN_ERRORS.test(code) && syscall !== "connect")) return error;
  const silent = /^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/.test(code);
  if (silent) return new Refused(`silent for ${timeout / 1000} s`, { again: true });
  const proxied = /^Proxy response \((\d+)\)|^Proxy Authentication Required \((407)\)/.exec(message);
  if (proxied !== null) return refusedByProxy(Number(proxied[1] ?? proxied[2]));
  const reason = message.includes(code) ? message : `${message} (${code})`.trim();
  return new Refused(reason, { again: PASSING_ERRORS.test(code) });
}
