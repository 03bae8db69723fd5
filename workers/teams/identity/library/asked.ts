import { AsyncLocalStorage } from "node:async_hooks";

/** What the library's hooks know of the request they run in. */
export type Asked = {
  address: string;
  now: number;
  /** The session the request came with: one that is made in its place goes on in the same team. */
  session:
    | {
        id: string;
        userId: string;
        teamId: string | null;
        onlyTeamId: string | null;
        secondFactorAt: number | null;
        createdAt: Date;
      }
    | undefined;
  /** Sessions that ended meanwhile. */
  ended: { id: string; teamId?: string | null }[];
  waitUntil: (work: Promise<unknown>) => void;
};

const asked = new AsyncLocalStorage<Asked>();

export const runAsked = <Value>(about: Asked, work: () => Promise<Value>): Promise<Value> =>
  asked.run(about, work);

export function current(): Asked {
  const about = asked.getStore();
  if (!about) throw new Error("The identity library was asked outside of a request.");
  return about;
}
