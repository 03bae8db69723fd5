import type { ChooseInFlow, ConnectFlow } from "../../../shared/contracts/connect-flows";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { carryOut, failFlow } from "./carry-out";
import { conclude, type Claimed, type Tools } from "./finish";
import { stands, toFlow } from "./read";
import { claimFlow, readFlow } from "./row";
import { openFlow } from "./sealed";
import { wayTo } from "./way";

/** Goes on with the account that was chosen. Throws `not_found`, `conflict`, `invalid_input`. */
export async function chooseInFlow(
  ctx: Context,
  id: string,
  { value, tools }: ChooseInFlow & { tools: Tools },
): Promise<ConnectFlow> {
  const row = await readFlow(ctx, id);
  const { choices, draft } = row;
  if (stands(row, ctx.now).status !== "choosing" || !choices) throw nothingToChoose();
  if (!choices.options.some((option) => option.value === value))
    throw new HubError("invalid_input", "body.value: is none of the choices. Read them again.", {
      details: { field: "body.value" },
    });
  const flow = await claimFlow(ctx, row, "choosing");
  if (!flow) throw nothingToChoose();
  const work = goOn({ ctx, flow, tools, params: { ...draft.params, [choices.param]: value } });
  ctx.waitUntil(work);
  await work;
  return toFlow(ctx, await readFlow(ctx, id));
}

async function goOn({
  params,
  ...taken
}: Pick<Claimed, "ctx" | "flow" | "tools"> & { params: Record<string, string> }): Promise<void> {
  const { ctx, flow } = taken;
  let claimed: Claimed;
  try {
    const way = wayTo(flow.draft.connector, flow.draft.method);
    claimed = { ...taken, ...way, secrets: await openFlow(ctx, flow) };
  } catch (error) {
    await failFlow(ctx, flow, error);
    return;
  }
  const { obtained, state } = claimed.secrets;
  await carryOut(claimed, async (keep) => {
    if (!obtained) throw new HubError("internal", "The sign-in holds no tokens to go on with.");
    const got = { ...obtained, params, state };
    keep(got);
    await conclude(claimed, got);
  });
}

const nothingToChoose = () =>
  new HubError("conflict", "There is nothing to choose in this sign-in now. Read how it stands.");
