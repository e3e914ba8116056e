/**
 * Binds a socket, and waits a little for a port that is taken: Jupyter chooses free ports before it starts the kernel,
 * and another program's connection may hold one for a moment.
 */

const ATTEMPTS = 20;
const PAUSE = 100; // milliseconds

interface Bindable {
  bind(address: string): Promise<void>;
}

/** Rejects with ZeroMQ's error when the address stays taken. */
export async function bind(socket: Bindable, address: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await socket.bind(address);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || attempt === ATTEMPTS) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
