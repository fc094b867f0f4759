/** What the log is asked for, as it stands in the address. */
export type AuditAsked = {
  readonly person?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly after?: string | undefined;
};

const FILTERS = ["person", "action", "subject", "from", "to"] as const;

const written = (asked: AuditAsked, names: readonly (keyof AuditAsked)[]): URLSearchParams => {
  const params = new URLSearchParams();
  for (const name of names) if (asked[name]) params.set(name, asked[name]);
  return params;
};

const withQuery = (path: string, params: URLSearchParams): string =>
  params.size === 0 ? path : `${path}?${params}`;

/** The address of a page of the log. */
export const auditAddress = (asked: AuditAsked, change: AuditAsked = {}): string =>
  withQuery("/admin/audit", written({ ...asked, ...change }, [...FILTERS, "after"]));

/** Where the same filters are exported; days are those of `zone`. */
export function auditExportAddress(asked: AuditAsked, zone: string): string {
  const params = written(asked, FILTERS);
  params.set("zone", zone);
  return withQuery("/api/v1/admin/audit/export", params);
}

export const isAuditFiltered = (asked: AuditAsked): boolean => FILTERS.some((name) => asked[name]);
