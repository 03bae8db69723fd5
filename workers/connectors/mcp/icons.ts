import { Icon } from "../../../shared/contracts/icons";
import { isObject } from "../../../shared/json";

const most = 4;
const maxLength = 32 * 1024;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const start = (type: string) => `data:${type};base64,`;
const types = Icon.shape.mimeType.options;

/**
 * The icons of a server or a tool that hold their image themselves, in a form that can run nothing: to show one that
 * lies elsewhere would tell its host who looks.
 */
export function iconsOf(said: unknown): Icon[] {
  if (!Array.isArray(said)) return [];
  const found: Icon[] = [];
  for (const icon of said as unknown[]) {
    if (found.length === most) break;
    if (!isObject(icon) || typeof icon["src"] !== "string" || icon["src"].length > maxLength)
      continue;
    const { src, sizes } = icon;
    const mimeType = types.find((type) => src.startsWith(start(type)));
    if (mimeType === undefined || !base64.test(src.slice(start(mimeType).length))) continue;
    found.push({
      src,
      mimeType,
      ...(Array.isArray(sizes) ? { sizes: sizes.filter(isSize).slice(0, most) } : {}),
    });
  }
  return found;
}

function isSize(said: unknown): said is string {
  return typeof said === "string" && /^(any|\d{1,5}x\d{1,5})$/.test(said);
}
