import { registerHooks } from "node:module";

// "server-only" throws wherever React's server condition is not set; a command is the server without it.
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === "server-only"
      ? { url: "data:text/javascript,", shortCircuit: true }
      : nextResolve(specifier, context),
});
