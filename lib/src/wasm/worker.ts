import { host } from "../platform";
import { checkBuild } from "./build";
import { board, serve } from "./chunks";
import { instantiate, type Routines } from "./routines";
import type { Message } from "./threads";

let known: { id: number; routines: Routines } | undefined;

host.threads.serve((build, fail) => {
  checkBuild(build);
  return (message) => {
    const { module, memory, id, boardPointer, helper } = message as Message;
    if (known?.id !== id) known = { id, routines: instantiate(module, memory) };
    serve(board(memory, boardPointer), known.routines, helper, fail);
  };
});
