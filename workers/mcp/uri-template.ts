const expression = /\{[^{}]*\}/;

/** Whether a URI can have come from an RFC 6570 template. A judgement for routing only: the server decides. */
export function matchesTemplate(template: string, uri: string): boolean {
  const literals = template.split(expression);
  if (literals.length === 1) return template === uri;
  const [first = "", ...others] = literals;
  if (!uri.startsWith(first)) return false;
  let at = first.length;
  for (const [index, literal] of others.entries()) {
    if (index === others.length - 1)
      return uri.length - literal.length >= at && uri.endsWith(literal);
    const found = uri.indexOf(literal, at);
    if (found === -1) return false;
    at = found + literal.length;
  }
  return true;
}

/** How much of a URI a template says: of two that match, the longer is meant. */
export function literalLength(template: string): number {
  return template.split(expression).reduce((length, literal) => length + literal.length, 0);
}
