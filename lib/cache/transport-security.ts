/** Sent on every page when the installation's address is https: two years, as browsers' own lists ask. */
export const TRANSPORT_SECURITY = [
  "strict-transport-security",
  "max-age=63072000; includeSubDomains",
] as const;
