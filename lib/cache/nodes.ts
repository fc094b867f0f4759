/** Runs one statement and answers its rows: a pool, a client, whatever speaks SQL. */
export type RunSql = (
  text: string,
  values: readonly unknown[],
) => Promise<readonly Record<string, unknown>[]>;

export type PeerNode = { readonly id: string; readonly address: string; readonly fenced: boolean };

// "-infinity" marks a node that did not answer and may no longer renew. No rule here compares the database's clock
// with anything: a clock that jumps must not make a living node look dead.

/** Writes this node's row; whatever stood at its address before is gone, since an address serves one process. */
export async function insertNode(run: RunSql, id: string, address: string): Promise<void> {
  await run(`DELETE FROM app_node WHERE address = $2 AND id <> $1::uuid`, [id, address]);
  await run(
    `INSERT INTO app_node (id, address, lease_until)
     VALUES ($1::uuid, $2, clock_timestamp() + interval '3 seconds')
     ON CONFLICT (id) DO UPDATE SET address = excluded.address, lease_until = excluded.lease_until`,
    [id, address],
  );
}

/** Prolongs the lease. False when the row is gone or was fenced. */
export async function renewNode(run: RunSql, id: string): Promise<boolean> {
  const rows = await run(
    `UPDATE app_node SET lease_until = clock_timestamp() + interval '3 seconds'
     WHERE id = $1::uuid AND lease_until > '-infinity' RETURNING id`,
    [id],
  );
  return rows.length === 1;
}

/** Every other node that may hold pages. */
export async function listPeers(run: RunSql, id: string): Promise<readonly PeerNode[]> {
  const rows = await run(
    `SELECT id::text AS id, address, lease_until = '-infinity' AS fenced FROM app_node WHERE id <> $1::uuid`,
    [id],
  );
  return rows.map((row) => ({
    id: String(row.id),
    address: String(row.address),
    fenced: row.fenced === true,
  }));
}

/** From here on the node cannot renew; its lease ends within LEASE_MS. */
export async function fenceNode(run: RunSql, id: string): Promise<void> {
  await run(`UPDATE app_node SET lease_until = '-infinity' WHERE id = $1::uuid`, [id]);
}

/** Forgets a fenced node whose lease has ended, unless it came back meanwhile. */
export async function removeFencedNode(run: RunSql, id: string): Promise<void> {
  await run(`DELETE FROM app_node WHERE id = $1::uuid AND lease_until = '-infinity'`, [id]);
}

/** A node that stops takes its row with it. */
export async function removeNode(run: RunSql, id: string): Promise<void> {
  await run(`DELETE FROM app_node WHERE id = $1::uuid`, [id]);
}
