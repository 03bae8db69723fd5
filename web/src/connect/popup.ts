const width = 520;
const height = 680;
const name = "plugboard-connect";

/**
 * A window for the vendor's page. It has to be opened within the press of a button, before it is known where it leads;
 * until then it says what it waits for. Undefined where the browser blocks it.
 */
export function openPopup(words: string): Window | undefined {
  const left = Math.round(screenX + Math.max(0, (outerWidth - width) / 2));
  const top = Math.round(screenY + Math.max(0, (outerHeight - height) / 2));
  const place = `popup,width=${width},height=${height},left=${left},top=${top}`;
  const popup = open("", name, place);
  if (!popup || popup.closed) return undefined;
  try {
    const { document } = popup;
    const line = document.createElement("p");
    line.textContent = words;
    Object.assign(line.style, {
      font: "16px system-ui",
      margin: "3rem 1.5rem",
      textAlign: "center",
    });
    document.documentElement.style.colorScheme = "light dark";
    document.title = words;
    document.body.replaceChildren(line);
  } catch {
    // One that was left at a vendor's page is not ours to write into; it is led elsewhere all the same.
  }
  return popup;
}

/** Leads the window to where people sign in. Whoever answers there cannot reach our page through it. */
export function lead(popup: Window, url: string): boolean {
  const address = browsable(url);
  if (!address) return false;
  try {
    popup.opener = null;
  } catch {
    // It stands at a vendor's page: it was led there without one.
  }
  popup.location.replace(address.href);
  return true;
}

/** An address a browser may be sent to; nothing that runs or shows itself. */
export function browsable(url: string): URL | undefined {
  if (!URL.canParse(url)) return undefined;
  const address = new URL(url);
  return /^https?:$/.test(address.protocol) ? address : undefined;
}
