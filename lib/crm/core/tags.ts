/** Tags of one lead; the database says the same. */
export const MOST_TAGS = 30;

/** Tags with some added and some taken, whatever their case: what is there keeps its place and its spelling. */
export function tagsWith(
  tags: readonly string[],
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): readonly string[] {
  const plain = (text: string) => text.toLowerCase();
  const gone = new Set(remove.map(plain));
  const next = tags.filter((one) => !gone.has(plain(one)));
  const has = new Set(next.map(plain));
  for (const one of add) {
    if (!has.has(plain(one))) next.push(one);
    has.add(plain(one));
  }
  return next;
}
