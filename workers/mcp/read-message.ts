import { rpcCode } from "../connectors";
import { readBody } from "../platform/request-body";
import { isDeeperThan, maxJsonDepth } from "../platform/json-depth";
import { WireRefusal } from "./replies";

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** The JSON a client posted. Throws `payload_too_large`, and `WireRefusal` on what is no JSON. */
export async function readMessage(request: Request): Promise<unknown> {
  const bytes = await readBody(request);
  let text: string;
  let message: unknown;
  try {
    text = strictUtf8.decode(bytes);
    message = JSON.parse(text);
  } catch {
    throw new WireRefusal(rpcCode.parseError, "The body is not JSON.");
  }
  // Writing such a value down again would run out of stack.
  if (isDeeperThan(text, maxJsonDepth))
    throw new WireRefusal(
      rpcCode.invalidRequest,
      `The body is nested deeper than ${maxJsonDepth} levels.`,
    );
  return message;
}
