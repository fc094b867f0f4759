/**
 * A provider's address with the part of the path all its calls share. Whoever moves a provider may give the address
 * with that part or without it.
 */
export const under = (address: string, path: string): string => {
  const bare = address.replace(/\/+$/, "");
  return bare.endsWith(path) ? bare : `${bare}${path}`;
};
