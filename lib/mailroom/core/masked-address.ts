/** An address that can be recognised by who knows it, and not read by who does not: `m…@kaminari.example`. */
export function masked(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, 1)}…${at < 0 ? "" : email.slice(at)}`;
}
