// Stands in for the "server-only" marker, which throws wherever React's server condition is not set.
export {};
