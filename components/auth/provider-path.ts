/** Where a round trip to an identity provider begins. */
export function providerPath(
  provider: string,
  about: {
    readonly purpose: "sign-in" | "join" | "prove" | "invitation";
    readonly next?: string;
    readonly token?: string;
  },
): string {
  const query = new URLSearchParams({ purpose: about.purpose });
  if (about.next !== undefined && about.next !== "/") query.set("next", about.next);
  if (about.token !== undefined) query.set("token", about.token);
  return `/api/auth/oidc/${provider}/start?${query.toString()}`;
}
